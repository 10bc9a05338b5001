internal import Bytes

/// Where picked values of a derived node come from.
struct PickedLinks {
    /// Places among the picked values, and the rows of the source in which they are found.
    private(set) var linked: [Int] = []
    private(set) var rows: [UInt32] = []
    /// Places among the picked values of those that are in the rest, and where there.
    private(set) var unlinked: [Int] = []
    private(set) var rest: Pick

    init<Node>(
        _ links: DerivedLinks<Node>, _ pick: Pick, source: any PickedSource, in environment: any PickEnvironment
    ) throws(DecodeError) {
        let exceptions = try PickedExceptions(
            pick, count: links.exceptionCount, positions: links.exceptionPositions, in: environment)
        guard let pickedRows = pick.pickedRows else {
            throw .corrupt(at: 0, "derived node stands where its rows are not known")
        }
        var isException = [Bool](repeating: false, count: pick.places.count)
        for hit in exceptions.hits { isException[hit.index] = true }
        let presence = source.presence
        let before = try presence.map { (presence) throws(DecodeError) in
            try Self.unlinkedCounts(pick, pickedRows, presence)
        }
        var restPlaces: [UInt32] = []
        for (index, row) in pickedRows.enumerated() {
            let isPresent = try presence.map { (presence) throws(DecodeError) in
                guard row < presence.count else { throw .corrupt(at: 0, "source has fewer rows") }
                return presence[Int(row)]
            }
            if isPresent ?? true, !isException[index] {
                linked.append(index)
                rows.append(row)
                continue
            }
            guard isPresent ?? true || !isException[index] else {
                throw .corrupt(at: 0, "exception has no source value")
            }
            let place = (before?[index] ?? 0) + exceptions.countsBefore[index]
            guard place < links.restCount else { throw .corrupt(at: 0, "fewer values without a source than needed") }
            unlinked.append(index)
            restPlaces.append(place)
        }
        rest = Pick(restPlaces, of: links.restCount)
    }

    /// For each picked value how many values before it have no source.
    private static func unlinkedCounts(
        _ pick: Pick, _ pickedRows: [UInt32], _ source: Bitmap
    ) throws(DecodeError) -> [UInt32] {
        switch pick.rows {
        case .unknown: return []
        case .set(let presence, _): return BitmapRanks(try missing(source, presence)).ranks(of: pickedRows)
        case .grouped(let groups, let presence, _):
            return try groups.places(of: pickedRows, among: missing(source, presence))
        case .list(let rows):
            var counts: [UInt32] = []
            counts.reserveCapacity(rows.count)
            var count: UInt32 = 0
            for row in rows {
                counts.append(count)
                if row >= source.count || !source[Int(row)] { count &+= 1 }
            }
            return pick.of(counts)
        }
    }

    /// The rows, of those that have a value, in which the source has none.
    private static func missing(_ source: Bitmap, _ presence: Bitmap?) throws(DecodeError) -> Bitmap {
        var missing = presence ?? Bitmap(count: source.count, repeating: true)
        guard missing.count == source.count else { throw .corrupt(at: 0, "source has other rows") }
        missing.subtract(source)
        return missing
    }
}
