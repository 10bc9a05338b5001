import Files

/// What several threads make of the fragments of a question: each takes the next one, and what they find is joined in
/// the order of the fragments, so that the answer does not depend on who was faster. Once that is enough, no other is
/// taken.
///
/// Where little is to be joined, threads may take fragments far from each other: fragments near each other are of one
/// segment, mostly, and what a thread has found out about it need not be found out by the others.
final class FragmentQueue<Partial: Sendable, Whole: Sendable>: Sendable {
    private struct State {
        /// What nobody has taken: runs of fragments, ascending.
        var free: [Range<Int>]
        var takenCount = 0
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

    private let state: Monitor<State>
    private let result: Result
    private let window: Int
    private let isSpread: Bool
    private let join: @Sendable (inout Whole, Partial) throws -> Void
    private let isEnough: @Sendable (Whole) -> Bool

    /// - Parameter window: so many fragments from the first that is not joined yet on are worked on at once; a thread
    ///   that is further waits.
    /// - Parameter isSpread: whether threads work far from each other. What is found waits for all fragments before it.
    init(
        count: Int, into empty: Whole, window: Int = .max, isSpread: Bool = false,
        join: @escaping @Sendable (inout Whole, Partial) throws -> Void,
        isEnough: @escaping @Sendable (Whole) -> Bool = { _ in false }
    ) {
        state = Monitor(State(free: count > 0 ? [0..<count] : []))
        result = Result(empty)
        self.window = window
        self.isSpread = isSpread
        self.join = join
        self.isEnough = isEnough
    }

    /// Works until no fragment is left, or one has failed.
    func work(_ find: (Int) throws -> Partial) {
        var last: Int?
        while let fragment = take(after: last) {
            last = fragment
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

    private func take(after last: Int?) -> Int? {
        state.wait { state -> Int?? in
            guard state.failure == nil, !state.hasEnough, !state.free.isEmpty else { return .some(nil) }
            guard state.takenCount - state.joinedCount < window else { return nil }
            let (run, fragment) = isSpread ? Self.next(after: last, in: state) : (0, state.free[0].lowerBound)
            let parts = [state.free[run].lowerBound..<fragment, fragment + 1..<state.free[run].upperBound]
            state.free.replaceSubrange(run...run, with: parts.filter { !$0.isEmpty })
            state.takenCount += 1
            return fragment
        }
    }

    /// The fragment behind the last that a thread had; otherwise that in the middle of what is left in one piece.
    private static func next(after last: Int?, in state: State) -> (run: Int, fragment: Int) {
        if let last, let run = state.free.firstIndex(where: { $0.lowerBound == last + 1 }) { return (run, last + 1) }
        if state.takenCount == 0 { return (0, state.free[0].lowerBound) }
        let run = state.free.indices.max { state.free[$0].count < state.free[$1].count } ?? 0
        return (run, state.free[run].lowerBound + state.free[run].count / 2)
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
            precondition(state.joinedCount == state.takenCount && !state.isJoining, "fragments were left")
            return result.value
        }
    }
}
