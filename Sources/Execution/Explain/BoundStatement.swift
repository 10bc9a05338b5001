/// A statement whose names and times are known, ready to be answered.
protocol BoundStatement {
    func answer() throws -> Answer

    /// How it would be answered.
    func explain(_ plan: inout QueryPlan) throws
}

extension Answer {
    /// Answers, keeps the answer to itself, and tells what that took. The recorder is the one that the statement
    /// was bound with, from a time on.
    static func analysis(
        of statement: any BoundStatement, _ recorder: QueryRecorder, since start: Int64
    ) throws -> [QueryPlan.Step] {
        var rowCount = 0
        switch try statement.answer() {
        case .events(var events):
            try events.run { _ in }
            rowCount = events.eventCount
        case .table(let table): rowCount = table.rowCount
        case .graph(let graph): rowCount = graph.nodes.rowCount
        case .plan: preconditionFailure("a statement is answered by a plan")
        }
        return recorder.steps(rowCount: rowCount, since: start)
    }
}
