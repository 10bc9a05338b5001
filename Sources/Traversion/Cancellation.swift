import Synchronization

/// Stops questions that were asked with it. Any thread may, at any time.
public final class Cancellation: Sendable {
    private let isRequested = Atomic<Bool>(false)

    public init() {}

    /// Questions that are being answered end with ``EngineError/cancelled``, and those to come at once.
    public func cancel() { isRequested.store(true, ordering: .relaxed) }

    /// Whether ``cancel()`` was called.
    public var isCancelled: Bool { isRequested.load(ordering: .relaxed) }
}
