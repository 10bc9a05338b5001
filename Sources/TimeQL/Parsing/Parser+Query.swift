extension Query {
    /// Reads a query. No text crashes or hangs this: what is no query gives an error.
    public init(_ text: String) throws(QueryError) {
        var parser = try Parser(text)
        self = try parser.query()
    }
}

extension Parser {
    fileprivate mutating func query() throws(QueryError) -> Query {
        var explanation: Query.Explanation?
        if try accept("EXPLAIN") { explanation = try accept("ANALYZE") ? .analysis : .plan }
        var common = CommonClauses()
        let statement = try statement(&common)
        _ = try accept(.semicolon)
        guard try peek().kind == .end else {
            note("the end")
            throw try unexpected()
        }
        return Query(
            explanation: explanation, statement: statement, knownAt: common.knownAt, timeZone: common.timeZone)
    }

    private mutating func statement(_ common: inout CommonClauses) throws(QueryError) -> Statement {
        if try accept("STATE") { return .state(try state(&common)) }
        if try accept("TIMELINE") { return .timeline(try timeline(&common)) }
        if try accept("MATCH", "PATTERN") { return .pattern(try matchPattern(&common)) }
        if try accept("TRAVERSE") { return .traverse(try traverse(&common)) }
        if try accept("COMPARE") { return .compare(try compare(&common)) }
        if try accept("PREDICT") { return .predict(try predict(&common)) }
        throw try unexpected()
    }
}

/// What may stand behind every statement.
struct CommonClauses {
    var knownAt: TimeExpression?
    var timeZone: NamedZone?
}
