import Bytes

/// Cuts a text that comes line by line into statements, which end with semicolons outside of quotes and comments.
public struct StatementBuffer {
    private enum Place: Equatable {
        case code
        case quote(UInt8)
        /// To the end of the line.
        case lineComment
        case comment
    }

    private var place = Place.code
    private var text: [UInt8] = []
    /// Whether there is anything in it but blanks and comments.
    private var hasCode = false

    public init() {}

    /// Whether a statement was begun and not ended.
    public var isOpen: Bool { hasCode || place != .code }

    /// The statements that end in a line, each with its semicolon.
    public mutating func add(line: String) -> [String] {
        var statements: [String] = []
        let bytes = Array(line.utf8) + [Byte.lineFeed]
        var index = 0
        while index < bytes.count {
            let byte = bytes[index]
            let next = index + 1 < bytes.count ? bytes[index + 1] : nil
            text.append(byte)
            index += 1
            switch place {
            case .quote(let quote): if byte == quote { place = .code }
            case .lineComment: if byte == Byte.lineFeed { place = .code }
            case .comment:
                guard byte == UInt8(ascii: "*"), next == UInt8(ascii: "/") else { continue }
                text.append(UInt8(ascii: "/"))
                index += 1
                place = .code
            case .code:
                if byte == Byte.dash, next == Byte.dash {
                    place = .lineComment
                } else if byte == UInt8(ascii: "/"), next == UInt8(ascii: "*") {
                    text.append(UInt8(ascii: "*"))
                    index += 1
                    place = .comment
                } else if byte == UInt8(ascii: ";") {
                    if hasCode { statements.append(taken()) } else { text.removeAll() }
                } else if !Byte.isWhite(byte) {
                    hasCode = true
                    if "'\"`".utf8.contains(byte) { place = .quote(byte) }
                }
            }
        }
        return statements
    }

    /// What is left at the end, and is to be a statement, too; nil when there is nothing.
    public mutating func finish() -> String? {
        defer { self = StatementBuffer() }
        return isOpen ? taken() : nil
    }

    private mutating func taken() -> String {
        defer {
            text.removeAll()
            hasCode = false
        }
        // Blanks before a statement would move the places that errors name.
        return String(decoding: text.drop(while: Byte.isWhite), as: UTF8.self)
    }
}
