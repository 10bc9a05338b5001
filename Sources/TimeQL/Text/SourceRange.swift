/// Where something stands in the text of a query, in bytes.
public struct SourceRange: Hashable, Sendable {
    public var start: Int
    public var end: Int

    public init(_ start: Int, _ end: Int) {
        self.start = start
        self.end = end
    }

    /// From the start of this to the end of the other.
    func through(_ other: SourceRange) -> SourceRange { SourceRange(start, other.end) }
}
