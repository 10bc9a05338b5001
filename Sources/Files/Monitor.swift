import Glibc

/// A value that one thread at a time may touch, and that threads can wait on until another has changed it.
@safe
public final class Monitor<Value>: @unchecked Sendable {
    // Every access to the value goes through the mutex, which is what makes it safe to send.
    private let mutex: UnsafeMutablePointer<pthread_mutex_t>
    private let condition: UnsafeMutablePointer<pthread_cond_t>
    private let value: UnsafeMutablePointer<Value>

    public init(_ initial: sending Value) {
        unsafe mutex = .allocate(capacity: 1)
        unsafe condition = .allocate(capacity: 1)
        unsafe value = .allocate(capacity: 1)
        unsafe mutex.initialize(to: pthread_mutex_t())
        unsafe condition.initialize(to: pthread_cond_t())
        unsafe value.initialize(to: initial)
        let result = unsafe pthread_mutex_init(mutex, nil) | pthread_cond_init(condition, nil)
        precondition(result == 0, "no mutex")
    }

    deinit {
        unsafe pthread_cond_destroy(condition)
        unsafe pthread_mutex_destroy(mutex)
        unsafe value.deinitialize(count: 1)
        unsafe value.deallocate()
        unsafe condition.deallocate()
        unsafe mutex.deallocate()
    }

    /// Runs `body` while no other thread touches the value, and wakes all who wait.
    public func change<Result, Failure: Error>(
        _ body: (inout Value) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        unsafe pthread_mutex_lock(mutex)
        defer {
            unsafe pthread_cond_broadcast(condition)
            unsafe pthread_mutex_unlock(mutex)
        }
        return try unsafe body(&value.pointee)
    }

    /// Runs `body` at once, and again after each change until it gives something.
    public func wait<Result>(until body: (inout Value) -> Result?) -> Result {
        unsafe pthread_mutex_lock(mutex)
        defer { unsafe pthread_mutex_unlock(mutex) }
        while true {
            if let result = unsafe body(&value.pointee) { return result }
            unsafe pthread_cond_wait(condition, mutex)
        }
    }

    /// Waits for a change, or until some nanoseconds have passed.
    public func waitForChange(atMost nanoseconds: Int64) {
        var time = timespec()
        _ = unsafe clock_gettime(CLOCK_REALTIME, &time)
        let end = Int64(time.tv_nsec) + nanoseconds
        time.tv_sec += Int(end / 1_000_000_000)
        time.tv_nsec = Int(end % 1_000_000_000)
        unsafe pthread_mutex_lock(mutex)
        _ = unsafe pthread_cond_timedwait(condition, mutex, &time)
        unsafe pthread_mutex_unlock(mutex)
    }
}
