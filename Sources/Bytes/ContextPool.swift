private import Synchronization

/// Keeps contexts that are dear to make; each is used by one thread at a time.
final class ContextPool<Context: Sendable>: Sendable {
    private let idle = Mutex<[Context]>([])
    private let make: @Sendable () -> Context

    init(make: @escaping @Sendable () -> Context) { self.make = make }

    func withContext<Result>(_ body: (Context) -> Result) -> Result {
        let context = idle.withLock { $0.popLast() } ?? make()
        defer { idle.withLock { $0.append(context) } }
        return body(context)
    }
}
