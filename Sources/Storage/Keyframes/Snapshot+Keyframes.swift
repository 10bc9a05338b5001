import Bytes
import Columns
import Segments

extension Snapshot {
    /// The changes that a keyframe holds, of some services or all, by a reader of it.
    func sources(
        _ keyframe: KeyframeEntry, of services: Set<[UInt8]>?, _ reader: SegmentReader
    ) throws(StoreError) -> [StateSource] {
        try wrap(path(keyframe.segment)) { () throws(SegmentError) in
            var sources: [StateSource] = []
            var last: StateEntity?
            for batch in try reader.batches(of: services) {
                do throws(DecodeError) {
                    var source = try StateSource(batch, of: services)
                    guard let first = source.groups.first.map(source.entity) else { continue }
                    guard last.map({ $0 <= first }) ?? true else {
                        throw .corrupt(at: 0, "changes of state are not in order")
                    }
                    source.isContinuation = last != nil
                    last = source.groups.last.map(source.entity)
                    sources.append(source)
                } catch {
                    throw SegmentError.damaged(error)
                }
            }
            return sources
        }
    }
}

extension SegmentReader {
    /// The rows of a keyframe that tell of some services or of all.
    fileprivate func batches(of services: Set<[UInt8]>?) throws(SegmentError) -> [RowBatch] {
        guard let services else {
            var batches: [RowBatch] = []
            for range in try batchRanges() { batches.append(try rows(in: range)) }
            return batches
        }
        let column = try columns(at: StateRowBatch.service).first { $0.type == .string }
        guard let column, let zones = try zones(of: services, in: column) else { return [] }
        let test = ColumnTest.strings(.anyOf(Array(services)))
        var batches: [RowBatch] = []
        for range in try batchRanges() where range.overlaps(zones) {
            let scan = ZoneScan(self, range)
            let found = try scan.matches(column, test, DictionaryAnswers())
            if !found.isEmpty { batches.append(try scan.batch(of: found) { _ in true }) }
        }
        return batches
    }

    /// The zones of a keyframe in which some services can be, and those between; nil: none.
    private func zones(
        of services: Set<[UInt8]>, in column: SegmentColumn
    ) throws(SegmentError) -> Range<Int>? {
        guard let statistics = try column.statistics() else { return zones.indices }
        let found = statistics.zones.filter { zone in
            guard case .text(let minimum, let maximum) = zone.bounds else { return true }
            return services.contains { ColumnStatistics.Bounds.mayHold($0, from: minimum, to: maximum) }
        }
        guard let first = found.first, let last = found.last else { return nil }
        return first.zone..<last.zone + 1
    }
}
