import Columns
import Segments

/// Which events an export gives.
public struct ExportFilter: Sendable {
    /// First and last nanosecond.
    public var times: ClosedRange<Int64> = .min ... .max
    /// The texts that canonical fields must have.
    public var fields: [CanonicalField: String] = [:]

    public init() {}

    /// Whether the rows of a batch pass.
    func passes(_ batch: RowBatch, times rowTimes: [Int64]) -> [Bool] {
        var passes = rowTimes.map { times.contains($0) }
        for (field, text) in fields {
            let found = Self.rows(of: batch, where: field, is: Array(text.utf8))
            for row in passes.indices where !found[row] { passes[row] = false }
        }
        return passes
    }

    /// The rows whose canonical field shows as a text: that which the store added, else that of the event.
    private static func rows(of batch: RowBatch, where field: CanonicalField, is text: [UInt8]) -> [Bool] {
        var found = [Bool](repeating: false, count: batch.rowCount)
        var isAdded = found
        let columns = batch.columns.indices.filter { batch.columns[$0].key.path == field.aliasPath }
        let plain = batch.columns.indices.filter { batch.columns[$0].key.path == field.path }
        for column in columns + plain {
            let matches = batch.columns[column].matches(text)
            var next = 0
            for row in 0..<batch.rowCount where batch.shapes[Int(batch.shapeOfRow[row])].contains(column) {
                defer { next += 1 }
                if isAdded[row] { continue }
                if columns.contains(column) { isAdded[row] = true }
                if matches[next] { found[row] = true }
            }
        }
        return found
    }
}

extension RowBatch.Column {
    /// Which values show as a text.
    fileprivate func matches(_ text: [UInt8]) -> [Bool] {
        if case .codedStrings(let dictionary, let codes) = values {
            let entries = (0..<dictionary.count).map { dictionary[$0].elementsEqual(text) }
            return codes.map { entries[Int($0)] }
        }
        guard let texts = values.texts(type: key.type) else { return [Bool](repeating: false, count: values.count) }
        return (0..<texts.count).map { texts[$0].elementsEqual(text) }
    }
}
