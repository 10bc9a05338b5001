/// An answer of things and how they are linked.
public struct AnswerGraph: Equatable, Sendable {
    public var nodes: AnswerTable
    /// The first two columns are numbers of nodes.
    public var links: AnswerTable
}
