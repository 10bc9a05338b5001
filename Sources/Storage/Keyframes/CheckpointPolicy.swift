/// How many changes lie between two keyframes that tell what was true: what a question has to go through at most.
public struct CheckpointPolicy: Equatable, Sendable {
    /// Changes (of fields) behind which what is true is written down.
    public var changeCount: Int
    /// Only what has changed since the last whole keyframe is written, until that is more than such a part of it.
    public var wholeShare: Int
    /// Late events wait as long as writing their time again would take so many changes for each of their rows.
    public var lateFactor: Int

    public static let standard = CheckpointPolicy(changeCount: 1 << 16, wholeShare: 4, lateFactor: 4)

    public init(changeCount: Int, wholeShare: Int = 4, lateFactor: Int = 4) {
        self.changeCount = max(1, changeCount)
        self.wholeShare = max(1, wholeShare)
        self.lateFactor = max(1, lateFactor)
    }
}
