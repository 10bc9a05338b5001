import Ingest

/// How the command line says what is to be forgotten.
enum ForgetOptions {
    static let fromInput = "-"

    /// The filter of conditions that are given as `FIELD=VALUE`, and of values that may stand anywhere. `-` reads
    /// conditions from standard input, a line each, so that no history of commands keeps them.
    static func filter(
        _ option: String, _ fields: [String], anywhere values: [String] = []
    ) throws(CommandFailure) -> ForgetFilter {
        var conditions: [ForgetCondition] = []
        for text in fields {
            for line in text == fromInput ? try lines() : [text] {
                guard let condition = ForgetCondition(field: line) else {
                    throw .usage("option \(option) needs a field and a value such as userId=42")
                }
                conditions.append(condition)
            }
        }
        for value in values {
            for line in value == fromInput ? try lines() : [value] {
                guard !line.isEmpty else { throw .usage("option \(option)-any needs a value") }
                conditions.append(.anywhere(SoughtValue(line)))
            }
        }
        guard !conditions.isEmpty else { throw .usage("option \(option) is missing; give it as \(option) FIELD=VALUE") }
        return ForgetFilter(conditions)
    }

    private static func lines() throws(CommandFailure) -> [String] {
        var lines: [String] = []
        while let line = readLine() {
            if !line.isEmpty { lines.append(line) }
        }
        guard !lines.isEmpty else { throw .usage("standard input is empty; give it a line such as userId=42") }
        return lines
    }
}
