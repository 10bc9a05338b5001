/// A length of time.
public struct Duration: Equatable, Sendable {
    public var nanoseconds: Int64
    public var range: SourceRange

    public init(nanoseconds: Int64, range: SourceRange) {
        self.nanoseconds = nanoseconds
        self.range = range
    }
}
