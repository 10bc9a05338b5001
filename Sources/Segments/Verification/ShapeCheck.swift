import Columns

/// Whether the shapes of a zone have just the columns that they should, and its rows at most one value at a path, with
/// none within another (Format/Segment.md, 2.7 and 4.2).
struct ShapeCheck {
    private let reader: SegmentReader
    private let columns: [SegmentColumn]
    /// Places of the columns when their paths are in order: a path stands right before those that begin with it.
    private let ranks: [Int]
    private let keys: [[String]]

    init(_ reader: SegmentReader, _ columns: [SegmentColumn]) {
        self.reader = reader
        self.columns = columns
        let keys = columns.map(\.path.keys)
        self.keys = keys
        var ranks = [Int](repeating: 0, count: columns.count)
        let order = columns.indices.sorted { first, second in
            // Unlike the strings themselves, their bytes are the same or not.
            keys[first].lexicographicallyPrecedes(keys[second]) { $0.utf8.lexicographicallyPrecedes($1.utf8) }
        }
        for (rank, ordinal) in order.enumerated() { ranks[ordinal] = rank }
        self.ranks = ranks
    }

    /// The columns of each row's shape: those with a page of every row or of the rows that shapes tell.
    func checkShapes(ofZone zone: Int) throws(SegmentError) {
        var rowCounts = [Int](repeating: 0, count: columns.count)
        for page in try reader.shapePages(in: zone..<zone + 1) {
            let pageRow = reader.zones[page.zones.lowerBound].firstRow
            var countOfCode = [Int](repeating: 0, count: page.table.count)
            for row in reader.zones[zone].rows { countOfCode[Int(page.codes[row - pageRow])] += 1 }
            for code in countOfCode.indices where countOfCode[code] > 0 {
                for ordinal in page.table[code] { rowCounts[Int(ordinal)] += countOfCode[code] }
            }
        }
        for column in columns where !column.type.isSystem {
            let presence = try column.pages().first { $0.kind == .data && $0.zones.contains(zone) }?.presence
            if presence == .byShape || presence == nil && column.type.layout == .presenceOnly { continue }
            let expected = presence == .everyRow ? reader.zones[zone].rowCount : 0
            guard rowCounts[column.ordinal] == expected else {
                throw column.damage("shapes have it in \(rowCounts[column.ordinal]) rows of zone \(zone)")
            }
        }
        for column in columns where column.type == .overflow && rowCounts[column.ordinal] > 0 {
            throw column.damage("a shape names it")
        }
    }

    func checkPaths(of batch: RowBatch) throws(SegmentError) {
        for shape in batch.shapes {
            let ordinals = shape.map { batch.columns[$0].ordinal }.sorted { ranks[$0] < ranks[$1] }
            for (first, second) in zip(ordinals, ordinals.dropFirst())
            where keys[second].beginsByBytes(with: keys[first]) {
                throw columns[second].damage("a row has a value at \(columns[first].path), too")
            }
        }
    }
}

extension [String] {
    fileprivate func beginsByBytes(with other: [String]) -> Bool {
        count >= other.count && zip(self, other).allSatisfy { $0.utf8.elementsEqual($1.utf8) }
    }
}

extension SegmentColumn {
    /// Damage of the column as a whole.
    func damage(_ reason: String) -> SegmentError {
        .damaged(.corrupt(at: errorOffset, "column \(path) of type \(type): \(reason)"))
    }
}
