import Columns

extension FieldReference: CustomStringConvertible {
    /// The path as one writes it.
    public var text: String {
        zip(keys, areQuoted).map { key, isQuoted in isQuoted ? Self.quoted(key) : key }.joined(separator: ".")
    }

    public var description: String { text }

    static func quoted(_ name: String) -> String {
        "\"" + name.split(separator: "\"", omittingEmptySubsequences: false).joined(separator: "\"\"") + "\""
    }
}

extension Literal: CustomStringConvertible {
    public var description: String {
        switch value {
        case .text(let text): quoted(text)
        case .number(let quantity): quantity.description
        case .boolean(let value): value ? "TRUE" : "FALSE"
        case .null: "NULL"
        case .parameter(let name): "$\(name)"
        }
    }
}

extension Quantity: CustomStringConvertible {
    public var description: String {
        let digits =
            switch number {
            case .int64(let value): String(value)
            case .uint64(let value): String(value)
            case .double(let value): String(value)
            case .text: ""
            }
        return digits + (unit.map { " \($0)" } ?? "")
    }
}

extension Duration: CustomStringConvertible {
    public var description: String { Unit.text(ofNanoseconds: nanoseconds) }
}

extension TimeExpression: CustomStringConvertible {
    public var description: String {
        var text =
            switch base {
            case .text(let text): quoted(text)
            case .number(let quantity): quantity.description
            case .parameter(let name): "$\(name)"
            }
        for offset in offsets {
            text += offset < 0 ? " - " : " + "
            text += Unit.text(ofNanoseconds: Int64(clamping: offset.magnitude))
        }
        return text
    }
}

extension TimePeriod: CustomStringConvertible {
    public var description: String {
        switch self {
        case .last(let duration): "LAST \(duration)"
        case .range(let from, let to):
            [from.map { "FROM \($0)" }, to.map { "TO \($0)" }].compactMap(\.self).joined(separator: " ")
        }
    }
}
