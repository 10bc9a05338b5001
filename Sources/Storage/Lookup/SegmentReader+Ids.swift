import Columns
public import Segments

extension SegmentReader {
    /// The zones in which one of the query's fields may have the id, by filters and statistics.
    public func zones(of query: IdQuery) throws(SegmentError) -> Set<Int> {
        var zones: Set<Int> = []
        for kind in query.kinds { zones.formUnion(try self.zones(of: query.key, kind)) }
        return zones
    }

    /// The zones in which an id may stand, by filters and statistics.
    func zones(of key: IdKey, _ kind: IdFilterKind) throws(SegmentError) -> Set<Int> {
        var found: Set<Int> = []
        var isInFilter = false
        for path in kind.paths {
            for column in try columns(at: path) {
                switch column.type.layout {
                case .fixed8, .fixed16: isInFilter = isInFilter || key.isFixed
                // Such texts stand in id columns.
                case .strings where column.type == .string && key.isFixed: continue
                case .presenceOnly, .doubles: continue
                default: found.formUnion(try zones(of: key.text, in: column))
                }
            }
        }
        if isInFilter, let range = try zones(ofId: key.bytes, kind: kind) { found.formUnion(range) }
        return found
    }

    /// The zones whose statistics do not prove that a column has no such value there.
    private func zones(of text: [UInt8], in column: SegmentColumn) throws(SegmentError) -> Set<Int> {
        guard let statistics = try column.statistics() else { return Set(zones.indices) }
        let number = Int64(String(decoding: text, as: UTF8.self))
        let possible = statistics.zones.filter { zone in
            switch zone.bounds {
            case .signed(let range): number.map { range.contains($0) } ?? false
            case .text(let minimum, let maximum):
                ColumnStatistics.Bounds.mayHold(text, from: minimum, to: maximum)
            default: true
            }
        }
        return Set(possible.map(\.zone))
    }
}
