import Storage

/// How much a store holds.
public struct StoreStatistics: Equatable, Sendable {
    /// Changes with every change of the store's segments.
    public let version: UInt64
    /// Files that hold events, and the events in them.
    public let segmentCount: Int
    public let eventCount: Int
    /// As they are stored, and as plain values.
    public let byteCount: Int
    public let plainByteCount: Int
    /// From the oldest to the newest event in segments, in nanoseconds since 1970; nil when there is none.
    public let times: ClosedRange<Int64>?
    /// Acknowledged events that stand in a log and in no segment yet, in bytes.
    public let logByteCount: Int
    /// What ``Engine/checkpoint()`` has written.
    public let keyframeCount: Int
    public let keyframeByteCount: Int

    init(_ snapshot: Snapshot) {
        let state = snapshot.state
        let entries = state.segments.values
        version = state.number
        segmentCount = entries.count
        eventCount = state.rowCount
        byteCount = state.byteCount
        plainByteCount = entries.reduce(0) { $0 + $1.rawByteCount }
        let last = entries.map(\.times.upperBound).max()
        times = entries.map(\.times.lowerBound).min().flatMap { first in last.map { first...$0 } }
        logByteCount = snapshot.logs.reduce(0) { $0 + $1.byteCount }
        keyframeCount = state.keyframes.count
        keyframeByteCount = state.keyframes.values.reduce(0) { $0 + $1.segment.byteCount }
    }
}
