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
        var search = try PatternSearch(
            scan, tests: try PatternTests(compiler.conditions, binder), keys: PatternKeys(shared),
            automaton: compiler.automaton,
            matcher: PatternMatcher(
                compiler.automaton, isOverlapping: statement.isOverlapping, tellsPartial: statement.includesPartial),
            limit: statement.limit?.value ?? .max, options: options)
        let (matches, keys) = try search.run(before: end)
        options.recorder?.note(search.used(matchCount: matches.count))
        let arena = search.matcher.waiting.arena
        let runs = matches.map { arena.events(of: $0.run) }
        let cells = try search.cells(of: runs.flatMap { $0.map(\.event) }, fields: Self.shown)
        let names = compiler.steps.map { $0.name ?? $0.description }
        var rows: [[AnswerTable.Cell]] = []
        for (number, run) in runs.enumerated() {
            for (event, position) in run {
                var row: [AnswerTable.Cell] = [.integer(number + 1)]
                if statement.includesPartial { row.append(.text(matches[number].isPartial ? "timed out" : "complete")) }
                row += keys.texts(of: event.key)
                row += [.text(names[compiler.automaton.positions[position].step]), .time(event.time)]
                row += cells[event.part]?[event.row] ?? Self.shown.map { _ in .none }
                rows.append(row)
            }
        }
        return AnswerTable(
            columns: ["match"] + (statement.includesPartial ? ["outcome"] : []) + shared.map(\.name)
                + ["step", "time", "event", "eventType", "service", "host"], rows: rows)
    }
}
