import Bytes
import Columns
import Execution
import Files
import Glibc
import Segments

/// How tables are shown.
enum AnswerFormat: String, CaseIterable {
    case table, csv, tsv, json, ndjson

    static var names: String { allCases.map(\.rawValue).joined(separator: ", ") }

    /// What an option says; when there is none, what fits where the answer goes.
    init(option: String?) throws(CommandFailure) {
        guard let option else {
            self = isatty(STDOUT_FILENO) == 1 ? .table : .ndjson
            return
        }
        guard let format = AnswerFormat(rawValue: option) else {
            throw .usage("unknown format '\(option)'; the formats are \(Self.names)")
        }
        self = format
    }

    /// Without titles for rows that go on behind others, in forms that have a title once.
    func text(of table: AnswerTable, width: Int, hasTitles: Bool = true) -> String {
        switch self {
        case .table: Self.aligned(table, width: width)
        case .csv: Self.separated(table, by: ",", hasTitles: hasTitles, Self.quotedForCSV)
        case .tsv: Self.separated(table, by: "\t", hasTitles: hasTitles, Self.escapedForTSV)
        case .ndjson: String(decoding: table.jsonLines, as: UTF8.self)
        case .json:
            "["
                + (table.nestedColumnCount.map { Self.nested(table, $0) } ?? Self.objects(table)).joined(
                    separator: ",\n ")
                + "]\n"
        }
    }

    /// Things, then their links: two tables where people read, else one object.
    func text(of graph: AnswerGraph, width: Int) throws(CommandFailure) -> String {
        switch self {
        case .table: return text(of: graph.nodes, width: width) + "\n" + text(of: graph.links, width: width)
        case .csv, .tsv:
            throw .usage("a graph is no table: ask for it with --format json, or leave AS GRAPH out")
        case .json, .ndjson:
            let parts = [("nodes", graph.nodes), ("links", graph.links)].map { name, table in
                "\(JSONLine.quoted(name)):[" + Self.objects(table).joined(separator: ",") + "]"
            }
            return "{" + parts.joined(separator: ",") + "}\n"
        }
    }

    /// Steps as rows where people read; else objects, which hold those of a step within it or come one after another.
    func text(of plan: QueryPlan, width: Int) -> String {
        switch self {
        case .table: Self.aligned(plan.table, width: width, wrapsLast: true)
        case .csv, .tsv: text(of: plan.table, width: width)
        case .ndjson:
            plan.flat.map { Self.object($0.step, depth: $0.indent.utf8.count / 2, steps: []) + "\n" }.joined()
        case .json: Self.array(of: plan.steps) + "\n"
        }
    }

    private static func array(of steps: [QueryPlan.Step]) -> String {
        "[" + steps.map { object($0, depth: nil, steps: $0.steps) }.joined(separator: ",\n ") + "]"
    }

    private static func object(_ step: QueryPlan.Step, depth: Int?, steps: [QueryPlan.Step]) -> String {
        var members = [("step", JSONLine.quoted(step.name)), ("detail", JSONLine.quoted(step.detail))]
        if let depth { members.insert(("depth", String(depth)), at: 0) }
        members += step.facts.map { ($0.name, $0.value.json) }
        if !steps.isEmpty { members.append(("steps", array(of: steps))) }
        return "{" + members.map { "\(JSONLine.quoted($0)):\($1)" }.joined(separator: ",") + "}"
    }

    /// Columns of what the next question names: a part of an id is of no use.
    private static let ids: Set = ["event", "eventId", "from"]

    /// When the columns do not fit, however much texts are cut, those go that can be done without; then each row is a list
    /// of its own.
    private static func aligned(_ table: AnswerTable, width: Int, wrapsLast: Bool = false) -> String {
        let rows = table.rows
        let cells = rows.map { $0.map { onOneLine($0.text(rounded: true)) } }
        let columns = table.columns.indices.map { column in
            let isText = rows.contains { if case .text = $0[column] { true } else { false } }
            let isTime = rows.contains { if case .time = $0[column] { true } else { false } }
            let isLast = column == table.columns.count - 1
            return TextTable.Column(
                title: table.columns[column], alignment: isText || isTime ? .left : .right,
                shrinking: isLast && wrapsLast
                    ? .wrapped : isText && !ids.contains(table.columns[column]) ? .end : .none)
        }
        for count in 0...table.dispensableColumns.count {
            let left = columns.indices.filter { !table.dispensableColumns.prefix(count).contains(columns[$0].title) }
            var text = TextTable(left.map { columns[$0] })
            for row in cells { text.add(left.map { row[$0] }) }
            if text.fits(width: width) { return text.lines(width: width).map { $0 + "\n" }.joined() }
        }
        return listed(table.columns, cells, width: width)
    }

    private static func listed(_ names: [String], _ rows: [[String]], width: Int) -> String {
        var text = ""
        for (number, row) in rows.enumerated() {
            var list = TextTable([
                .init(title: "row", alignment: .left),
                .init(title: "\(number + 1)", alignment: .left, shrinking: .wrapped),
            ])
            for (name, cell) in zip(names, row) where !cell.isEmpty { list.add([name, cell]) }
            text += list.lines(width: width).map { $0 + "\n" }.joined() + (number < rows.count - 1 ? "\n" : "")
        }
        return text
    }

    /// A text of many lines, such as a stack, would tear the table apart.
    private static func onOneLine(_ text: String) -> String {
        guard text.utf8.contains(where: { $0 < 0x20 }) else { return text }
        return String(text.map { $0.utf8.allSatisfy { $0 < 0x20 } ? " " : $0 })
    }

    private static func separated(
        _ table: AnswerTable, by mark: String, hasTitles: Bool, _ quoted: (String) -> String
    ) -> String {
        let lines = (hasTitles ? [table.columns] : []) + table.rows.map { $0.map { $0.text(rounded: false) } }
        return lines.map { $0.map(quoted).joined(separator: mark) + "\n" }.joined()
    }

    /// As RFC 4180 has it.
    private static func quotedForCSV(_ text: String) -> String {
        guard text.utf8.contains(where: { ",\"\r\n".utf8.contains($0) }) else { return text }
        return "\"" + text.split(separator: "\"", omittingEmptySubsequences: false).joined(separator: "\"\"") + "\""
    }

    private static func escapedForTSV(_ text: String) -> String {
        var escaped = ""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\t": escaped += "\\t"
            case "\n": escaped += "\\n"
            case "\r": escaped += "\\r"
            case "\\": escaped += "\\\\"
            default: escaped.unicodeScalars.append(scalar)
            }
        }
        return escaped
    }

    /// One object for each thing, with its fields by their names.
    private static func nested(_ table: AnswerTable, _ count: Int) -> [String] {
        let rows = table.rows
        var objects: [String] = []
        var first = 0
        while first < rows.count {
            let things = rows[first].prefix(count - 1)
            let end = rows[first...].firstIndex { $0.prefix(count - 1) != things } ?? rows.count
            let fields = rows[first..<end].map { row in
                let members = zip(table.columns, row).dropFirst(count).map { "\(JSONLine.quoted($0)):\($1.json)" }
                return "\(row[count - 1].json):{\(members.joined(separator: ","))}"
            }
            let names = zip(table.columns, things).filter { $1 != .none }.map { "\(JSONLine.quoted($0)):\($1.json)" }
            objects.append("{\((names + ["\"fields\":{\(fields.joined(separator: ","))}"]).joined(separator: ","))}")
            first = end
        }
        return objects
    }

    private static func objects(_ table: AnswerTable) -> [String] {
        table.jsonLines.split(separator: Byte.lineFeed).map { String(decoding: $0, as: UTF8.self) }
    }
}

extension AnswerTable.Cell {
    /// Rounded numbers have six digits that count, and all those before the point.
    fileprivate func text(rounded: Bool) -> String {
        switch self {
        case .none: return ""
        case .text(let text), .literal(let text): return text
        case .integer(let value): return String(value)
        case .number(let value):
            guard rounded, value.isFinite, value != 0 else { return Self.digits(value) }
            let decimals = Int(6 - log10(abs(value)).rounded(.up))
            let scale = pow(10, Double(decimals))
            if decimals <= 0 { return Self.digits(value.rounded()) }
            guard scale.isFinite else { return Self.digits(value) }
            // Read as it is written: a division by a scale that no number holds exactly would leave noise behind.
            return Self.digits(Double("\(Int((value * scale).rounded()))e-\(decimals)") ?? value)
        case .time(let nanoseconds):
            var bytes: [UInt8] = []
            Self.append(time: nanoseconds, to: &bytes)
            return String(decoding: bytes, as: UTF8.self)
        }
    }

    var json: String {
        var bytes: [UInt8] = []
        appendJSON(to: &bytes)
        return String(decoding: bytes, as: UTF8.self)
    }

    private static func digits(_ value: Double) -> String {
        var bytes: [UInt8] = []
        NumberText.append(double: value, to: &bytes)
        return String(decoding: bytes, as: UTF8.self)
    }
}
