import Columns
import Segments
public import Storage

/// Which events an export gives.
public struct ExportFilter: Sendable {
    /// First and last nanosecond.
    public var times: ClosedRange<Int64> = .min ... .max
    /// The texts that canonical fields must have.
    public var fields: [CanonicalField: String] = [:]
    /// Ids that all must be there; the first is looked for in the indexes.
    public var ids: [IdQuery] = []

    public init() {}

    /// Whether the rows of a batch pass.
    func passes(_ batch: RowBatch, times rowTimes: [Int64]) -> [Bool] {
        var passes = rowTimes.map { times.contains($0) }
        for (field, text) in fields {
            let found = batch.rows(where: field, in: [Array(text.utf8)])
            for row in passes.indices where !found[row] { passes[row] = false }
        }
        for query in ids {
            let found = query.fields.map { batch.rows(where: $0, is: query.key) }
            for row in passes.indices where !found.contains(where: { $0[row] }) { passes[row] = false }
        }
        return passes
    }
}
