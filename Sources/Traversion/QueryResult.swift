public import Execution
import TimeQL

/// What a question gives, row by row.
///
///     while let row = try result.next() { … }
///
/// Events are found while they are asked for: whoever stops early spares the rest. It belongs to one thread at a time.
public struct QueryResult {
    /// What one field of a row holds: nothing, a text, a number, a time, or a piece of JSON.
    public typealias Value = AnswerTable.Cell

    /// The form of the answer, for those who show it.
    package let answer: Answer
    private let statement: String
    /// Of `TIMELINE` without numbers: the events that are still to come.
    private var events: TimelineEvents?
    private var table: AnswerTable
    private var nextRow = 0

    init(_ answer: Answer, of statement: String) {
        self.answer = answer
        self.statement = statement
        switch answer {
        case .events(let events):
            self.events = events
            table = AnswerTable(columns: ["event"], rows: [])
        case .table(let table): self.table = table
        case .graph(let graph): table = graph.nodes
        case .plan(let plan): table = plan.table
        }
    }

    /// What the values of a row are called. Events have one, `event`: the event as JSON.
    public var columns: [String] { table.columns }

    /// The links of `TRAVERSE … AS GRAPH`, whose rows are the nodes: the first two columns are numbers of nodes.
    public var links: AnswerTable? { if case .graph(let graph) = answer { graph.links } else { nil } }

    /// What people should know of the numbers, such as that they are estimates.
    public var notes: [String] { events?.notes ?? table.notes }

    /// The next row; nil behind the last.
    public mutating func next() throws(EngineError) -> [Value]? {
        while nextRow == table.rowCount {
            guard let lines = try nextLines() else { return nil }
            let events = lines.dropLast().split(separator: UInt8(ascii: "\n")).map {
                AnswerTable.Cell.literal(String(decoding: $0, as: UTF8.self))
            }
            table = AnswerTable(columns: table.columns, values: [.cells(events)])
            nextRow = 0
        }
        nextRow += 1
        return table.row(nextRow - 1)
    }

    /// Of events the lines of JSON that come next, about a megabyte at once; nil behind the last, and for all else.
    public mutating func nextLines() throws(EngineError) -> [UInt8]? {
        do throws(ExecutionError) { return try events?.nextLines() } catch { throw EngineError(error, statement) }
    }

    /// Of events those that come next, as rows of their fields: what `TRAVERSE` shows of events, or what follows `FOR`.
    /// About a thousand at once; nil behind the last, and for all else. Whoever asks for these asks for nothing else.
    public mutating func nextTable() throws(EngineError) -> AnswerTable? {
        do throws(ExecutionError) { return try events?.nextTable() } catch { throw EngineError(error, statement) }
    }
}

extension EngineError {
    init(_ error: ExecutionError, _ statement: String) {
        switch error {
        case .query(let error): self = .query(error, statement: statement)
        case .store(let error): self = .store(error)
        case .cancelled: self = .cancelled
        }
    }
}
