import Columns
import Storage
import TimeQL

/// A `PREDICT` with its names and times known: which history of which fields a model would be given, and for what.
struct PredictQuestion: BoundStatement {
    let statement: PredictStatement
    /// The events of the history that fulfil the condition.
    let scan: EventScan
    let fields: [BoundField]
    let groups: [BoundField]
    /// From the first of the history to the start of the future, which is not included.
    let history: Range<Int64>
    /// The times that are asked for.
    let future: Range<Int64>
    /// From one value to the next.
    let step: Int64
    let notes: [String]
    let options: QueryOptions

    /// Values of the history when nothing is said of it.
    private static let historyStepCount: Int64 = 1440
    /// More values, of history and future together, are refused.
    static let stepLimit: Int64 = 1_000_000

    init(
        _ statement: PredictStatement, over pool: ReaderPool, context: TimeContext, knownAt: Int64,
        units: [ColumnPath: FieldUnit], options: QueryOptions
    ) throws {
        self.statement = statement
        self.options = options
        let start = try statement.start.map { try context.resolve($0) } ?? context.now
        future = try Self.range(start, statement.length.nanoseconds, statement.length)
        step = statement.step?.nanoseconds ?? Self.step(of: statement.length.nanoseconds)
        let (usual, isTooLong) = step.multipliedReportingOverflow(by: Self.historyStepCount)
        let length = statement.history?.nanoseconds ?? (isTooLong ? .max : usual)
        history = try Self.range(start, -length, statement.history ?? statement.length)
        try Self.check(statement, step: step, length: length)
        var scan = try EventScan(
            pool, times: TimelineAnswer.times((history.lowerBound, history.upperBound)), knownAt: knownAt,
            recorder: options.recorder)
        let binder = PredicateBinder(
            catalog: scan.catalog, context: context, units: FieldUnits(units, of: pool))
        let catalog = scan.catalog
        fields = try Self.fields(statement, catalog)
        groups = try statement.groupedBy.map { try catalog.resolve($0) }
        notes = try statement.condition.map { try binder.notes($0) } ?? []
        if let condition = statement.condition { try scan.restrict(to: Condition(try binder.bind(condition))) }
        self.scan = scan
    }

    func answer() throws -> Answer {
        throw QueryError(
            .meaning, "predicting models are not part of this version", at: statement.length.range,
            hint: "EXPLAIN PREDICT shows what a model would be given")
    }

    /// The time from one moment to another that is so far behind or before it.
    private static func range(_ start: Int64, _ length: Int64, _ duration: Duration) throws(QueryError) -> Range<Int64>
    {
        let (end, overflows) = start.addingReportingOverflow(length)
        guard !overflows else {
            throw QueryError(.meaning, "this length of time is out of range", at: duration.range)
        }
        return min(start, end)..<max(start, end)
    }

    /// The greatest of some round widths of which five and more go into a length.
    private static func step(of length: Int64) -> Int64 {
        let second: Int64 = 1_000_000_000
        let widths: [Int64] = [1, 5, 10, 30, 60, 300, 600, 1800, 3600, 21_600, 86_400].map { $0 * second }
        return widths.last { $0 <= length / 5 } ?? second
    }

    private static func check(_ statement: PredictStatement, step: Int64, length: Int64) throws(QueryError) {
        guard statement.length.nanoseconds > 0 else {
            throw QueryError(.meaning, "there is no future in no time", at: statement.length.range)
        }
        if let wanted = statement.step, step <= 0 || step > statement.length.nanoseconds {
            throw QueryError(
                .meaning, "a bucket is longer than nothing and no longer than what is predicted", at: wanted.range)
        }
        if let wanted = statement.history, length < step {
            throw QueryError(.meaning, "this history is shorter than a bucket", at: wanted.range)
        }
        guard length / step + statement.length.nanoseconds / step <= stepLimit else {
            throw QueryError(
                .limit, "this is more than \(stepLimit) buckets", at: (statement.history ?? statement.length).range,
                hint: "ask for wider ones with BUCKET")
        }
    }

    /// What is asked for, else all fields that have numbers.
    private static func fields(
        _ statement: PredictStatement, _ catalog: FieldCatalog
    ) throws(ExecutionError) -> [BoundField] {
        func hasNumbers(_ field: BoundField) -> Bool { catalog.types(of: field).contains(where: \.isNumber) }
        guard !statement.fields.isEmpty else { return catalog.comparableFields.filter(hasNumbers) }
        var fields: [BoundField] = []
        for reference in statement.fields {
            let field = try catalog.resolve(reference)
            guard hasNumbers(field) else {
                throw .query(
                    QueryError(
                        .meaning, "'\(field.name)' has no numbers in the history, and nothing else is predicted",
                        at: reference.range))
            }
            fields.append(field)
        }
        return fields
    }
}
