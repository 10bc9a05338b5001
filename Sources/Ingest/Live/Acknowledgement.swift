public import Storage

/// What became of a batch of appended events: they are durable.
public struct Acknowledgement: Equatable, Sendable {
    public var eventCount: Int
    /// Of the first event; the others have those that follow. Nil when no line was an event.
    public var firstSequence: UInt64?
    public var storedAt: Int64
    /// How many values were masked.
    public var maskedCounts: [MaskKind: Int] = [:]
    /// The lines that were left out.
    public var rejected: [RejectedLine]
}
