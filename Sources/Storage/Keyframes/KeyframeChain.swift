import Segments

/// The keyframes of a store that can be read, as far as they follow one another.
struct KeyframeChain {
    /// In order.
    private(set) var keyframes: [KeyframeEntry] = []
    /// The time from which on some have to be written again, since one is gone or cannot be read.
    private(set) var firstGap: Int64?

    init(_ snapshot: Snapshot, _ mapping: StateMapping) {
        let readable = snapshot.state.keyframes(by: mapping).filter { (try? snapshot.open($0.segment)) != nil }
        let wholes = readable.filter(\.isWhole).map(\.until)
        let changes = readable.filter { !$0.isFolded }
        // Where retention has cut, there is no beginning; then nothing before the first whole keyframe is of use.
        let hasBeginning = changes.first?.since == nil && !changes.isEmpty
        guard let begin = hasBeginning ? Int64.min : wholes.first else { return }
        let folded = readable.filter { $0.isFolded && ($0.since.map { wholes.contains($0) } ?? true) }
        keyframes = readable.filter { keyframe in
            keyframe.isFolded ? folded.contains(keyframe) && keyframe.until >= begin : keyframe.since ?? .min >= begin
        }
        var position = hasBeginning ? nil : wholes.first
        for keyframe in changes where keyframe.since ?? .min >= begin {
            guard keyframe.since == position else {
                firstGap = position.map { $0 + 1 } ?? .min
                return
            }
            if let position, !folded.contains(where: { $0.until == position }) {
                firstGap = position
                return
            }
            position = keyframe.until
        }
    }

    /// The time up to which there are keyframes.
    var end: Int64? { keyframes.last?.until }

    /// Those that tell of no time later than this; nil: none.
    func keyframes(upTo time: Int64?) -> [KeyframeEntry] {
        keyframes.filter { keyframe in time.map { keyframe.until <= $0 } ?? false }
    }

    /// What was true at the last time before another at which that was written: nothing before the first.
    func start(before time: Int64) -> [KeyframeEntry] {
        guard time > .min else { return [] }
        return KeyframePlan(keyframes.filter(\.isFolded), at: time - 1, knownAt: .max).keyframes
    }

    /// How many rows the keyframes have that are written again when changes of a time come in.
    func changeCount(from time: Int64) -> Int {
        let begin = start(before: time).last?.until ?? .min
        return keyframes.reduce(0) { sum, keyframe in
            keyframe.isFolded || keyframe.until <= begin ? sum : sum + keyframe.segment.rowCount
        }
    }
}
