import Columns
import Storage
import TimeQL

/// The rows of `MATCH PATTERN`: one for each event of each match.
struct PatternAnswer: BoundStatement {
    let statement: PatternStatement
    let scan: EventScan
    let binder: PredicateBinder
    /// What is behind this has not happened, as far as anybody knows.
    let end: Int64
    var options = QueryOptions()

    private static let shown: [BoundField] = [.eventId, .init(.eventType), .init(.service), .init(.host)]

    func answer() throws -> Answer { .table(try table()) }

    func table() throws -> AnswerTable {
        let compiler = try PatternCompiler(statement.pattern, totalLimit: statement.totalLimit?.nanoseconds)
        let shared = try statement.sharedFields.map { try scan.catalog.resolve($0) }
        let search = try PatternSearch(
            scan, tests: try PatternTests(compiler.conditions, binder), keys: PatternKeys(shared),
            automaton: compiler.automaton,
            matcher: PatternMatcher(
                compiler.automaton, isOverlapping: statement.isOverlapping, tellsPartial: statement.includesPartial),
            limit: statement.limit?.value ?? .max, options: options)
        let matches = try search.run(before: end)
        options.recorder?.note(search.used(matchCount: matches.count))
        let matched = try search.events(of: matches)
        var columns: [(name: String, values: AnswerColumn)] = [
            ("match", .cells(matched.matches.map { .integer(Int($0) + 1) }))
        ]
        if statement.includesPartial {
            let outcomes = matched.matches.map { matches[Int($0)].isPartial ? Int32(1) : 0 }
            columns.append(("outcome", .texts(StringVector(["complete", "timed out"]), places: outcomes)))
        }
        columns += zip(shared.map(\.name), search.keyColumns(of: matched)).map { ($0, $1) }
        let steps = matched.positions.map { Int32(compiler.automaton.positions[Int($0)].step) }
        let stepNames = StringVector(compiler.steps.map { $0.name ?? $0.description })
        columns.append(("step", .texts(stepNames, places: steps)))
        columns.append(("time", .times(matched.events.map(\.time))))
        // Those of ON stand there already.
        let fields = Self.shown.filter { !shared.contains($0) }
        let names = fields.map { $0 == .eventId ? "event" : $0.name }
        columns += zip(names, try search.columns(of: matched.events, fields: fields)).map { ($0, $1) }
        return AnswerTable(columns: columns.map(\.name), values: columns.map(\.values))
    }
}
