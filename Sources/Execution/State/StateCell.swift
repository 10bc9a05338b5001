import Columns

/// The value of a change as an answer shows it.
extension AnswerTable.Cell {
    /// One value of a column.
    init(_ values: ColumnVector, type: ColumnType, at index: Int) {
        switch (values, type) {
        case (.integers(let words), .int64): self = .integer(Int(truncatingIfNeeded: Int64(bitPattern: words[index])))
        case (.doubles(let numbers), _): self = .number(numbers[index])
        case (.strings(let texts), .numberText): self = .literal(texts.text(index))
        case (.strings(let texts), .array): self = .literal(texts.text(index))
        case (.codedStrings(let texts, let codes), .numberText), (.codedStrings(let texts, let codes), .array):
            self = .literal(texts.text(Int(codes[index])))
        case (.strings(let texts), .string): self = .text(texts.text(index))
        case (.codedStrings(let texts, let codes), .string): self = .text(texts.text(Int(codes[index])))
        case (.presence, .emptyObject): self = .literal("{}")
        case (.presence, _): self = .none
        case (.integers, .bool), (.integers, .uint64):
            self = values.slice(index..<index + 1).texts(type: type).map { .literal($0.text(0)) } ?? .none
        default: self = values.slice(index..<index + 1).texts(type: type).map { .text($0.text(0)) } ?? .none
        }
    }
}
