import Bytes

/// Zeek's own log files: rows of fields apart by tabs, which lines with `#` at their beginning name and type.
struct ZeekRecords: LineRecords {
    private enum Kind {
        case text, number, bool
    }

    private struct Field {
        /// `"name":` as JSON.
        var key: [UInt8]
        var kind = Kind.text
        var isCollection = false
    }

    private var separator = Byte.tab
    private var setSeparator = Byte.comma
    private var empty = Array("(empty)".utf8)
    private var unset = Array("-".utf8)
    private var path: [UInt8] = []
    private var fields: [Field] = []
    /// The last line of each kind that matters, as they stand in the input.
    private var headerLines: [[UInt8]: [UInt8]] = [:]

    private static let headerNames = [
        "#separator", "#set_separator", "#empty_field", "#unset_field", "#path", "#fields", "#types",
    ].map { Array($0.utf8) }

    init(state: [UInt8]) {
        var walk = LineWalk(isLast: true)
        while let line = walk.next(state.span) { readHeader(state.span, line.text) }
    }

    var state: [UInt8] {
        Self.headerNames.flatMap { name in headerLines[name].map { $0 + [Byte.lineFeed] } ?? [] }
    }

    mutating func append(
        _ input: Span<UInt8>, _ line: Range<Int>, record: Range<Int>, to lines: inout JSONLines
    ) -> LineError.Reason? {
        if input[line.lowerBound] == UInt8(ascii: "#") {
            readHeader(input, line)
            return nil
        }
        guard !fields.isEmpty else { return .otherFormat }
        lines.beginLine()
        if !path.isEmpty { lines.member("_path", string: path.span, 0..<path.count) }
        var start = line.lowerBound
        for (index, field) in fields.enumerated() {
            let end = input.firstIndex(of: separator, in: start..<line.upperBound) ?? line.upperBound
            let isLastField = index == fields.count - 1
            guard isLastField == (end == line.upperBound) else { return .otherCellCount }
            append(field, input, start..<end, &lines)
            start = min(end + 1, line.upperBound)
        }
        lines.endLine(record)
        return nil
    }

    private func append(_ field: Field, _ input: Span<UInt8>, _ cell: Range<Int>, _ lines: inout JSONLines) {
        guard !isSame(unset, input, cell) else { return }
        lines.separate()
        lines.raw(field.key.span, 0..<field.key.count)
        let isEmpty = isSame(empty, input, cell)
        guard field.isCollection else {
            if isEmpty { lines.raw("\"\"") } else { append(field.kind, input, cell, &lines) }
            return
        }
        lines.raw("[")
        var start = cell.lowerBound
        while !isEmpty {
            let end = input.firstIndex(of: setSeparator, in: start..<cell.upperBound) ?? cell.upperBound
            append(field.kind, input, start..<end, &lines)
            guard end < cell.upperBound else { break }
            lines.raw(",")
            start = end + 1
        }
        lines.raw("]")
    }

    private func append(_ kind: Kind, _ input: Span<UInt8>, _ cell: Range<Int>, _ lines: inout JSONLines) {
        switch kind {
        case .bool where input.equals("T", in: cell): lines.raw("true")
        case .bool where input.equals("F", in: cell): lines.raw("false")
        case .number where JSONNumber.isLiteral(input, cell): lines.raw(input, cell)
        default: lines.string(input, cell)
        }
    }

    private func isSame(_ text: [UInt8], _ input: Span<UInt8>, _ range: Range<Int>) -> Bool {
        text.count == range.count && text.indices.allSatisfy { text[$0] == input[range.lowerBound + $0] }
    }

    private mutating func readHeader(_ input: Span<UInt8>, _ line: Range<Int>) {
        let text = input.array(line)
        // The first line parts its words with a blank, the others with what it says.
        guard let nameEnd = text.firstIndex(where: { $0 == separator || $0 == Byte.space }) else { return }
        let name = Array(text[..<nameEnd])
        let value = Array(text[(nameEnd + 1)...])
        guard Self.headerNames.contains(name) else { return }
        headerLines[name] = text
        switch String(decoding: name, as: UTF8.self) {
        case "#separator": separator = Self.unescaped(value) ?? separator
        case "#set_separator": setSeparator = value.first ?? setSeparator
        case "#empty_field": empty = value
        case "#unset_field": unset = value
        case "#path": path = value == unset ? [] : value
        case "#fields":
            fields = value.split(separator: separator, omittingEmptySubsequences: false).map {
                Field(key: JSONText.quoted($0) + [Byte.colon])
            }
            headerLines["#types".utf8.map { $0 }] = nil
        default:
            for (index, type) in value.split(separator: separator, omittingEmptySubsequences: false).enumerated()
            where index < fields.count { setType(String(decoding: type, as: UTF8.self), of: index) }
        }
    }

    private mutating func setType(_ text: String, of index: Int) {
        var type = Substring(text)
        for name in ["set[", "vector["] where type.hasPrefix(name) && type.hasSuffix("]") {
            fields[index].isCollection = true
            type = type.dropFirst(name.count).dropLast()
        }
        switch type {
        case "count", "int", "port", "double", "interval", "time": fields[index].kind = .number
        case "bool": fields[index].kind = .bool
        default: fields[index].kind = .text
        }
    }

    /// `\x09`, or a byte as it stands.
    private static func unescaped(_ text: [UInt8]) -> UInt8? {
        guard text.count == 4, text.starts(with: "\\x".utf8) else { return text.count == 1 ? text[0] : nil }
        return UInt8(String(decoding: text[2...], as: UTF8.self), radix: 16)
    }
}
