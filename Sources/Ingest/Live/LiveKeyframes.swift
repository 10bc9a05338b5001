import Storage

/// Keeps keyframes near what is sealed, so that no question has to go through more than some changes (Docs/State.md).
///
/// It does what the command `checkpoint` does, and is as safe to be stopped. What it fails at changes no answer, and the
/// next time finds the same.
struct LiveKeyframes {
    private let store: Store
    private let mapping: StateMapping
    private let policy: CheckpointPolicy
    private var debt = KeyframeDebt()
    /// Late changes wait until there are enough of them: these are not waited for.
    private var lateCount = 0

    /// Twice the changes between two keyframes: what was true is read and written again for fewer would cost more.
    private static let share = 2
    /// Whoever takes in events needs the memory.
    private static let budget = JobBudget(memoryByteCount: JobBudget.smallestMemoryByteCount)

    init(_ store: Store, _ mapping: StateMapping, _ policy: CheckpointPolicy = .standard) {
        self.store = store
        self.mapping = mapping
        self.policy = policy
    }

    /// Writes keyframes when enough has changed since there are some.
    mutating func update(isCancelled: @escaping () -> Bool = { false }) throws(StoreError) {
        let count = try debt.changeCount(store.snapshot(), mapping)
        guard count - lateCount >= Self.share * policy.changeCount else { return }
        _ = try store.checkpoint(mapping, Self.budget, policy: policy, isCancelled: isCancelled)
        lateCount = try debt.changeCount(store.snapshot(), mapping)
    }
}
