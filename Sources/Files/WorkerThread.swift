import Glibc

/// A thread of the system that runs one function and can be waited for.
@safe
public final class WorkerThread: Sendable {
    private let thread: pthread_t

    private final class Body {
        let run: @Sendable () -> Void
        init(_ run: @escaping @Sendable () -> Void) { self.run = run }
    }

    /// How much a thread of lower priority lets others go before it.
    private static let niceness: Int32 = 10

    /// Nil: the system has no thread to give.
    ///
    /// - Parameter isPatient: whether other threads go before this one when there are not cores enough.
    public init?(isPatient: Bool = false, _ run: @escaping @Sendable () -> Void) {
        var thread = pthread_t()
        let body = unsafe Unmanaged.passRetained(
            Body {
                // On Linux this is of the thread alone. When it is refused, the thread is as any other.
                if isPatient { _ = setpriority(__priority_which_t(PRIO_PROCESS.rawValue), 0, Self.niceness) }
                run()
            })
        let result = unsafe pthread_create(
            &thread, nil,
            { pointer in
                guard let pointer = unsafe pointer else { return nil }
                unsafe Unmanaged<Body>.fromOpaque(pointer).takeRetainedValue().run()
                return nil
            }, body.toOpaque())
        guard result == 0 else {
            unsafe body.release()
            return nil
        }
        self.thread = thread
    }

    /// Waits until the function has returned. To be called once.
    public func join() { pthread_join(thread, nil) }
}
