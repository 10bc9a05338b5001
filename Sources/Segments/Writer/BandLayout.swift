import Columns

/// How the rows of a band are cut into zones and which columns they have: what all its pages share.
struct BandLayout {
    /// Rows of each zone.
    let zoneRowCounts: [Int]
    /// First row of each zone, and behind the last the number of rows.
    let zoneStarts: [Int]
    /// The stored shapes (by ordinal, ascending, without columns in overflow or with presence of their own).
    let shapes: [[UInt32]]
    let shapeOfRow: [UInt32]
    /// The columns that have pages in this band, ascending by ordinal.
    let columns: [BandColumn]
    /// The columns whose few values go to overflow buckets.
    let overflow: [BandColumn]

    var rowCount: Int { zoneStarts[zoneStarts.count - 1] }

    init(_ band: Band, options: SegmentWriterOptions) {
        zoneRowCounts = band.allZoneRowCounts
        zoneStarts = zoneRowCounts.reduce(into: [0]) { $0.append($0[$0.count - 1] + $1) }
        let registryShapes = band.registry.shapes
        let counts = Self.shapeCounts(band, zoneStarts: zoneStarts, shapeCount: registryShapes.count)
        let signatures = Signatures(band, shapes: registryShapes, used: counts)
        let usedShapeCount = counts[counts.count - 1].count { $0 > 0 }
        let isWild = usedShapeCount > options.shapeLimit

        var columns: [BandColumn] = []
        var overflow: [BandColumn] = []
        var isStored = [Bool](repeating: false, count: band.columns.count)
        for (ordinal, buffer) in band.columns.enumerated() where buffer.count > 0 {
            let isEveryRow = buffer.count == band.rowCount
            let column = BandColumn(
                ordinal: ordinal, key: band.catalog[ordinal], buffer: buffer,
                presence: isEveryRow ? .everyRow : isWild ? .own : .byShape,
                zoneOffsets: signatures.zoneOffsets(ordinal), rowSet: signatures.rowSet(ordinal))
            if Self.isRare(column, band: band, options: options) {
                overflow.append(column)
            } else {
                columns.append(column)
                isStored[ordinal] = !isWild || isEveryRow
            }
        }
        self.columns = columns
        self.overflow = overflow

        // Shapes in order of first appearance; those that differ only in columns left out become one.
        var numbers = [UInt32](repeating: .max, count: registryShapes.count)
        var stored: [[UInt32]] = []
        var storedNumbers: [[UInt32]: UInt32] = [:]
        shapeOfRow = band.shapes.map { registryShape in
            let known = numbers[Int(registryShape)]
            if known != .max { return known }
            let ordinals = registryShapes[Int(registryShape)].filter { isStored[Int($0)] }
            let number = storedNumbers[ordinals] ?? UInt32(stored.count)
            if Int(number) == stored.count {
                stored.append(ordinals)
                storedNumbers[ordinals] = number
            }
            numbers[Int(registryShape)] = number
            return number
        }
        shapes = stored
    }

    private static func isRare(_ column: BandColumn, band: Band, options: SegmentWriterOptions) -> Bool {
        guard band.rowCount >= 1024, column.valueCount < options.overflowValueCount else { return false }
        // What every event has belongs to the columns that are always at hand.
        return column.key.path.keys.count > 1 || column.type.layout == .presenceOnly
    }

    /// Rows of each shape before each zone, and behind the last zone in all.
    private static func shapeCounts(_ band: Band, zoneStarts: [Int], shapeCount: Int) -> [[Int]] {
        var counts = [[Int](repeating: 0, count: shapeCount)]
        let shapes = band.shapes
        for zone in 0..<zoneStarts.count - 1 {
            var next = counts[zone]
            for row in zoneStarts[zone]..<zoneStarts[zone + 1] { next[Int(shapes[row])] += 1 }
            counts.append(next)
        }
        return counts
    }

    /// Columns that occur in the same shapes have their values in the same rows: the rows are found once for all.
    private struct Signatures {
        private var setOfColumn: [Int]
        private var sets: [BandRowSet] = []
        private var offsets: [[Int]] = []

        init(_ band: Band, shapes: [[UInt32]], used counts: [[Int]]) {
            var shapesOfColumn = [[UInt32]](repeating: [], count: band.columns.count)
            let totals = counts[counts.count - 1]
            for (shape, ordinals) in shapes.enumerated() where totals[shape] > 0 {
                for ordinal in ordinals { shapesOfColumn[Int(ordinal)].append(UInt32(shape)) }
            }
            setOfColumn = [Int](repeating: 0, count: band.columns.count)
            var known: [[UInt32]: Int] = [:]
            for ordinal in shapesOfColumn.indices {
                let list = shapesOfColumn[ordinal]
                if let index = known[list] {
                    setOfColumn[ordinal] = index
                    continue
                }
                known[list] = sets.count
                setOfColumn[ordinal] = sets.count
                var member = [Bool](repeating: false, count: shapes.count)
                for shape in list { member[Int(shape)] = true }
                sets.append(BandRowSet(band: band, member: member))
                offsets.append(counts.map { zone in list.reduce(0) { $0 + zone[Int($1)] } })
            }
        }

        func rowSet(_ ordinal: Int) -> BandRowSet { sets[setOfColumn[ordinal]] }
        func zoneOffsets(_ ordinal: Int) -> [Int] { offsets[setOfColumn[ordinal]] }
    }
}
