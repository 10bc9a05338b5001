import Files

/// What several threads make of the fragments of a question: each takes the next one, and what they find is joined in
/// the order of the fragments, so that the answer does not depend on who was faster. Once that is enough, no other is
/// taken.
final class FragmentQueue<Partial: Sendable, Whole: Sendable>: Sendable {
    private struct State {
        var next = 0
        var joinedCount = 0
        /// What was found in fragments behind one that is still worked on.
        var waiting: [Int: Partial] = [:]
        var isJoining = false
        var hasEnough = false
        /// Of those that failed the first.
        var failure: (fragment: Int, error: any Error)?
    }

    /// What is joined so far, touched by none but the thread that joins: it is changed in place, never copied.
    private final class Result: @unchecked Sendable {
        var value: Whole
        init(_ value: Whole) { self.value = value }
    }

    private let state = Monitor(State())
    private let result: Result
    private let count: Int
    private let window: Int
    private let join: @Sendable (inout Whole, Partial) throws -> Void
    private let isEnough: @Sendable (Whole) -> Bool

    /// - Parameter window: so many fragments from the first that is not joined yet on are worked on at once; a thread
    ///   that is further waits.
    init(
        count: Int, into empty: Whole, window: Int = .max,
        join: @escaping @Sendable (inout Whole, Partial) throws -> Void,
        isEnough: @escaping @Sendable (Whole) -> Bool = { _ in false }
    ) {
        result = Result(empty)
        self.count = count
        self.window = window
        self.join = join
        self.isEnough = isEnough
    }

    /// Works until no fragment is left, or one has failed.
    func work(_ find: (Int) throws -> Partial) {
        while let fragment = take() {
            do {
                let found = try find(fragment)
                state.change { $0.waiting[fragment] = found }
                try joinWaiting()
            } catch {
                state.change { state in
                    if (state.failure?.fragment ?? .max) > fragment { state.failure = (fragment, error) }
                }
            }
        }
    }

    private func take() -> Int? {
        state.wait { state -> Int?? in
            guard state.failure == nil, !state.hasEnough, state.next < count else { return .some(nil) }
            guard state.next - state.joinedCount < window else { return nil }
            state.next += 1
            return state.next - 1
        }
    }

    /// Joins what has no gap before it, unless another thread is at it.
    private func joinWaiting() throws {
        while let next = takeWaiting() {
            var hasEnough = false
            defer {
                state.change { state in
                    state.isJoining = false
                    state.hasEnough = state.hasEnough || hasEnough
                }
            }
            try join(&result.value, next)
            hasEnough = isEnough(result.value)
        }
    }

    /// What is to be joined next, if no other thread is joining. Whoever takes it joins.
    private func takeWaiting() -> Partial? {
        state.change { state in
            guard !state.isJoining, let next = state.waiting.removeValue(forKey: state.joinedCount) else { return nil }
            state.isJoining = true
            state.joinedCount += 1
            return next
        }
    }

    /// What was found, once all threads have ended.
    func finish() throws -> Whole {
        try state.change { state in
            if let failure = state.failure { throw failure.error }
            precondition(state.joinedCount == state.next && !state.isJoining, "fragments were left")
            return result.value
        }
    }
}
