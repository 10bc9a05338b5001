/// A line of an append that is no event.
public struct RejectedLine: Equatable, Sendable {
    /// Which line of the batch, from 0; empty ones count.
    public var index: Int
    public var reason: LineError.Reason

    public init(index: Int, reason: LineError.Reason) {
        self.index = index
        self.reason = reason
    }
}
