import Bytes
import Columns
import Segments

extension Snapshot {
    /// The changes that a keyframe holds, of some services or all, and what was read for them.
    func source(
        _ keyframe: KeyframeEntry, of services: Set<[UInt8]>?
    ) throws(StoreError) -> (source: StateSource?, readByteCount: Int) {
        let reader = try open(keyframe.segment)
        return try wrap(path(keyframe.segment)) { () throws(SegmentError) in
            guard let zones = try reader.zones(of: services) else { return (nil, reader.readByteCount) }
            let batch = try reader.rows(in: zones)
            do throws(DecodeError) {
                return (try StateSource(batch, of: services), reader.readByteCount)
            } catch {
                throw SegmentError.damaged(error)
            }
        }
    }
}

extension SegmentReader {
    /// The zones of a keyframe in which some services can be, and those between; nil: none.
    fileprivate func zones(of services: Set<[UInt8]>?) throws(SegmentError) -> Range<Int>? {
        guard let services else { return zones.indices }
        let column = try columns(at: StateRowBatch.service).first { $0.type == .string }
        guard let column else { return nil }
        guard let statistics = try column.statistics() else { return zones.indices }
        let found = statistics.zones.filter { zone in
            guard case .text(let minimum, let maximum) = zone.bounds else { return true }
            return services.contains { ColumnStatistics.Bounds.mayHold($0, from: minimum, to: maximum) }
        }
        guard let first = found.first, let last = found.last else { return nil }
        return first.zone..<last.zone + 1
    }
}
