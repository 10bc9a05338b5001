import Segments
import Storage

/// Where the ids may be that the tests of a condition ask for, by the indexes of windows and the filters of segments.
struct IdPruning {
    /// For each test that asks for ids: which, and in which segments they may be.
    private var lookups: [Int: [(query: IdQuery, segments: IdCandidates?)]] = [:]

    /// For more ids than this indexes are not asked, only filters: each takes a read in every window.
    private static let indexedCount = 32

    init(_ condition: Condition, _ snapshot: Snapshot, _ times: ClosedRange<Int64>) {
        for (number, (field, test)) in condition.tests.enumerated() {
            guard let canonical = field.canonical, canonical.isId, let ids = test.equalTexts else { continue }
            lookups[number] = ids.map { id in
                let query = IdQuery(String(decoding: id, as: UTF8.self), in: [canonical])
                return (query, ids.count <= Self.indexedCount ? snapshot.candidates(query, times: times) : nil)
            }
        }
    }

    /// The zones of a segment in which a test may pass.
    func zones(_ number: Int, of entry: SegmentEntry?, _ reader: SegmentReader) throws(SegmentError) -> [Bool] {
        guard let lookups = lookups[number] else { return [Bool](repeating: true, count: reader.zones.count) }
        var zones = [Bool](repeating: false, count: reader.zones.count)
        for (query, segments) in lookups {
            if let entry, let segments, !segments.mayHold(entry) { continue }
            for zone in try reader.zones(of: query) { zones[zone] = true }
        }
        return zones
    }
}

extension CanonicalField {
    /// Whether filters and indexes know the field's values.
    fileprivate var isId: Bool { IdFilterKind.allCases.contains { $0.fields.contains(self) } }
}
