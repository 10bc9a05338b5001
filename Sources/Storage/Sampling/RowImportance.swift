import Columns

/// Which events are kept whatever their trace.
enum RowImportance {
    private static let severities: Set<String> = [
        "error", "err", "fatal", "critical", "crit", "alert", "emergency", "emerg", "panic", "severe",
    ]
    private static let failures: Set<String> = [
        "error", "err", "failed", "failure", "fail", "fatal", "timeout", "status_code_error", "false",
    ]

    /// The rows that tell of an error: by severity, type, status, or the type of an error that they name.
    static func errors(in batch: RowBatch) -> [Bool] {
        var found = [Bool](repeating: false, count: batch.rowCount)
        let tests: [(CanonicalField, (String) -> Bool)] = [
            (.severity, isErrorSeverity), (.eventType, isErrorType), (.status, isFailure),
        ]
        for (field, isError) in tests {
            let texts = RowTexts(batch, field)
            let errors = texts.texts.map { isError(String(decoding: $0, as: UTF8.self).lowercased()) }
            for row in found.indices where texts.codes[row] >= 0 && errors[texts.codes[row]] { found[row] = true }
        }
        for column in batch.columns.indices where batch.columns[column].key.type != .null {
            let name = batch.columns[column].key.path.keys.suffix(2).joined(separator: ".")
            guard name.hasSuffix("error.type") || name.hasSuffix("exception.type") else { continue }
            for row in batch.rows(ofColumn: column) { found[Int(row)] = true }
        }
        return found
    }

    /// Names of every convention; numbers of syslog (to 3), OpenTelemetry (from 17) and pino (from 50).
    private static func isErrorSeverity(_ text: String) -> Bool {
        if let number = Int(text) { return (0...3).contains(number) || (17...24).contains(number) || number >= 50 }
        return severities.contains(text)
    }

    private static func isErrorType(_ text: String) -> Bool { text.contains("error") || text.contains("exception") }

    /// Numbers are codes of HTTP, gRPC or a process: 0 and 100 to 399 are no failures.
    private static func isFailure(_ text: String) -> Bool {
        if let number = Int(text) { return number != 0 && !(100...399).contains(number) }
        return failures.contains(text)
    }

    /// The rows that are marked as anomalies.
    static func marks(in batch: RowBatch, _ policy: SamplingPolicy) -> [Bool] {
        var found = [Bool](repeating: false, count: batch.rowCount)
        for column in batch.columns.indices where policy.isMark(batch.columns[column].key.path) {
            let isMark = marks(batch.columns[column])
            for (index, row) in batch.rows(ofColumn: column).enumerated() where isMark[index] { found[Int(row)] = true }
        }
        return found
    }

    private static func marks(_ column: RowBatch.Column) -> [Bool] {
        switch column.values {
        case .presence(let count): [Bool](repeating: false, count: count)
        case .doubles(let values): values.map { $0 != 0 }
        default:
            column.values.texts(type: column.key.type).map { texts in
                (0..<texts.count).map { !["", "0", "false", "[]"].contains(texts.text($0)) }
            } ?? [Bool](repeating: true, count: column.values.count)
        }
    }
}
