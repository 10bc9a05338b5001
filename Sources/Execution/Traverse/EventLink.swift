import TimeQL

/// That one event led to another.
struct EventLink {
    /// Numbers of nodes.
    var cause: Int
    var effect: Int
    var kind: TraverseStatement.Link
    /// From 0 to 1.
    var confidence: Double

    // What a link is worth is part of the language: Docs/TimeQL.md, TRAVERSE.

    /// An event says itself what it was caused by.
    static let causeConfidence = 1.0
    /// A span was started by its parent.
    static let callConfidence = 0.95
    /// A span's event came of what opened the span.
    static let spanConfidence = 0.9
    /// A span failed because one that it had called did.
    static let failureConfidence = 0.9
    /// What was changed before something happened may have nothing to do with it.
    static let entityConfidence = 0.5
}
