import Columns
import Segments

/// How long events are kept.
public struct RetentionPolicy: Equatable, Sendable {
    /// Nanoseconds after which whole windows go; nil: never.
    public var age: Int64?
    /// Shorter ages of events of single services and event types.
    public var serviceAges: [String: Int64] = [:]
    public var eventTypeAges: [String: Int64] = [:]
    /// Whether the state that removed events had set last is kept.
    public var keepsState = true
    /// Fields that the kept state keeps of its events, so that they can be forgotten by them: a canonical field, or keys
    /// joined by dots.
    public var forgetFields: [String] = []

    public init(age: Int64? = nil) { self.age = age }

    /// Whether the kept state keeps what is there so that events can be forgotten by it. Arrays on the way to a field
    /// are kept.
    func isForForgetting(_ path: ColumnPath) -> Bool {
        guard !forgetFields.isEmpty else { return false }
        guard let original = StorePath.original(path) else {
            return forgetFields.contains { CanonicalField(rawValue: $0)?.aliasPath == path }
        }
        let joined = original.keys.joined(separator: ".")
        return forgetFields.contains { $0 == joined || $0.hasPrefix(joined + ".") }
    }

    /// The segments whose whole window is too old.
    func expired(_ state: StoreState, at now: Int64) -> [SegmentEntry] {
        guard let age else { return [] }
        return state.orderedSegments.filter {
            Self.isOlder($0.window.times(state.windowLength).upperBound, than: age, at: now)
        }
    }

    private static func isOlder(_ time: Int64, than age: Int64, at now: Int64) -> Bool {
        let (difference, overflow) = now.subtractingReportingOverflow(time)
        return overflow ? now > time : difference > age
    }

    /// The segments of which some rows are too old, and which rows stay.
    func partlyExpired(
        _ snapshot: Snapshot, at now: Int64
    ) throws(StoreError) -> [(SegmentEntry, SegmentMerge.RowFilter)] {
        var found: [(SegmentEntry, SegmentMerge.RowFilter)] = []
        guard !serviceAges.isEmpty || !eventTypeAges.isEmpty else { return found }
        for entry in snapshot.state.orderedSegments {
            let end = entry.window.times(snapshot.state.windowLength).upperBound
            let old = { (ages: [String: Int64]) in
                Set(ages.filter { Self.isOlder(end, than: $0.value, at: now) }.map { Array($0.key.utf8) })
            }
            let (services, types) = (old(serviceAges), old(eventTypeAges))
            guard !services.isEmpty || !types.isEmpty else { continue }
            let filter: SegmentMerge.RowFilter = { batch in
                let isGone = zip(batch.rows(where: .service, in: services), batch.rows(where: .eventType, in: types))
                    .map { $0 || $1 }
                return isGone.contains(true) ? isGone.map { !$0 } : nil
            }
            if try Self.mayDrop(entry, filter, snapshot) { found.append((entry, filter)) }
        }
        return found
    }

    /// Whether a segment has rows that a filter drops.
    private static func mayDrop(
        _ entry: SegmentEntry, _ filter: SegmentMerge.RowFilter, _ snapshot: Snapshot
    ) throws(StoreError) -> Bool {
        let reader = try snapshot.open(entry)
        let wanted = [CanonicalField.service, .eventType].flatMap { [$0.path, $0.aliasPath] }
        do throws(SegmentError) {
            for range in try reader.batchRanges() {
                if filter(try reader.rows(in: range) { wanted.contains($0.path) }) != nil { return true }
            }
        } catch {
            throw .segment(path: snapshot.path(entry), error)
        }
        return false
    }
}
