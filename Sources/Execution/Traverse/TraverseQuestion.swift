import TimeQL

/// A `TRAVERSE` with its names known, ready to walk.
struct TraverseQuestion: BoundStatement {
    let statement: TraverseStatement
    let scan: EventScan
    let walk: TraverseWalk

    init(_ statement: TraverseStatement, _ scan: EventScan, _ binder: PredicateBinder) throws {
        let missing: [(TraverseStatement.Link, String)] = [(.entity, "ALONG ENTITY"), (.inferred, "ALONG INFERRED")]
        for (link, name) in missing where statement.links.contains(link) {
            throw PredicateBinder.missing(name, statement.start.range)
        }
        self.statement = statement
        self.scan = scan
        walk = try TraverseWalk(statement, over: scan, binder)
    }

    func answer() throws -> Answer {
        var walk = walk
        try walk.run()
        scan.recorder?.note(walk.used)
        let answer = TraverseAnswer(statement, walk)
        return statement.isGraph ? .graph(answer.graph) : .table(answer.table)
    }
}
