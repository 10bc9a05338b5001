import TimeQL

/// A `TRAVERSE` with its names known, ready to walk.
struct TraverseQuestion: BoundStatement {
    let statement: TraverseStatement
    let scan: EventScan
    let walk: TraverseWalk

    init(
        _ statement: TraverseStatement, _ scan: EventScan, _ binder: PredicateBinder, _ changes: EntityChanges,
        _ options: QueryOptions
    ) throws {
        guard !statement.links.contains(.inferred) else {
            throw QueryError(
                .meaning, "links that are INFERRED come with the causality engine", at: statement.start.range,
                hint: "there are TRACE, CAUSE and ENTITY")
        }
        self.statement = statement
        self.scan = scan
        walk = try TraverseWalk(statement, over: scan, binder, changes, options)
    }

    func answer() throws -> Answer {
        var walk = walk
        try walk.run()
        scan.recorder?.note(walk.used)
        let answer = TraverseAnswer(statement, walk)
        return statement.isGraph ? .graph(answer.graph) : .table(answer.table)
    }
}
