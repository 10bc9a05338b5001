/// Which keyframes answer a question, and what is left to be read from events.
struct KeyframePlan: Equatable {
    /// Those that tell what was true, and then all changes, without gaps.
    private(set) var keyframes: [KeyframeEntry] = []
    /// The changes of checkpointed segments up to this time are in the keyframes; nil: none are.
    private(set) var until: Int64?

    /// Keyframes of one mapping, without those that cannot be read.
    private let usable: [KeyframeEntry]

    /// For what was true at a time, with the knowledge of another.
    init(_ usable: [KeyframeEntry], at time: Int64, knownAt: Int64) {
        self.usable = usable
        let folded = usable.filter { $0.isFolded && $0.until <= time && $0.knownAt <= knownAt }
        // The newest, of two of one time the one that needs no other.
        let newestFirst = folded.sorted { ($0.until, $0.isWhole ? 1 : 0) > ($1.until, $1.isWhole ? 1 : 0) }
        for last in newestFirst {
            if last.isWhole {
                keyframes = [last]
            } else if let whole = folded.first(where: { $0.isWhole && $0.until == last.since }) {
                keyframes = [whole, last]
            } else {
                continue
            }
            break
        }
        until = keyframes.last?.until
        addChanges(upTo: time)
    }

    /// For all changes in some time.
    init(_ usable: [KeyframeEntry], in times: ClosedRange<Int64>) {
        self.usable = usable
        let first = usable.first {
            !$0.isFolded && $0.since.map { $0 < times.lowerBound } ?? true && $0.until >= times.lowerBound
        }
        guard let first else { return }
        keyframes = [first]
        until = first.until
        addChanges(upTo: times.upperBound)
    }

    private mutating func addChanges(upTo time: Int64) {
        while until ?? .min < time, let next = usable.first(where: { !$0.isFolded && $0.since == until }) {
            keyframes.append(next)
            until = next.until
        }
    }
}

extension StoreState {
    /// The keyframes that were made by a mapping.
    func keyframes(by mapping: StateMapping) -> [KeyframeEntry] {
        guard !keyframes.isEmpty else { return [] }
        let checksum = mapping.checksum
        return orderedKeyframes.filter { $0.mapping == checksum }
    }
}
