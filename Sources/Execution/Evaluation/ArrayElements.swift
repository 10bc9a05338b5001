import Bytes
import Columns

/// The elements of an array that is written as JSON. What is no JSON ends the array.
struct ArrayElements: Sequence, IteratorProtocol {
    enum Element {
        case text([UInt8])
        case number(NumberText.Value)
        case boolean(Bool)
        /// Null, an array or an object.
        case other
    }

    private let bytes: ArraySlice<UInt8>
    private var position: Int

    init(_ bytes: ArraySlice<UInt8>) {
        self.bytes = bytes
        position = bytes.startIndex
        skipBlanks()
        // Behind the bracket; what is no array has no elements.
        position = position < bytes.endIndex && bytes[position] == Byte.openBracket ? position + 1 : bytes.endIndex
    }

    mutating func next() -> Element? {
        skipBlanks(and: Byte.comma)
        guard position < bytes.endIndex, bytes[position] != Byte.closeBracket else { return nil }
        switch bytes[position] {
        case Byte.quote: return .text(string())
        case Byte.openBracket, Byte.openBrace:
            skipNested()
            return .other
        default: return word()
        }
    }

    private mutating func skipBlanks(and mark: UInt8 = Byte.space) {
        while position < bytes.endIndex, Byte.isWhite(bytes[position]) || bytes[position] == mark { position += 1 }
    }

    private mutating func word() -> Element {
        let start = position
        while position < bytes.endIndex, bytes[position] != Byte.comma, bytes[position] != Byte.closeBracket,
            !Byte.isWhite(bytes[position])
        {
            position += 1
        }
        let word = bytes[start..<position]
        if word.elementsEqual("true".utf8) { return .boolean(true) }
        if word.elementsEqual("false".utf8) { return .boolean(false) }
        if word.elementsEqual("null".utf8) { return .other }
        let number = NumberText.classify(Array(word).span)
        if case .text = number { return .number(.double(Double(String(decoding: word, as: UTF8.self)) ?? .nan)) }
        return .number(number)
    }

    private mutating func skipNested() {
        var depth = 0
        while position < bytes.endIndex {
            switch bytes[position] {
            case Byte.quote:
                _ = string()
                continue
            case Byte.openBracket, Byte.openBrace: depth += 1
            case Byte.closeBracket, Byte.closeBrace: depth -= 1
            default: break
            }
            position += 1
            if depth == 0 { return }
        }
    }

    private mutating func string() -> [UInt8] {
        var text: [UInt8] = []
        position += 1
        while position < bytes.endIndex, bytes[position] != Byte.quote {
            guard bytes[position] == Byte.backslash, position + 1 < bytes.endIndex else {
                text.append(bytes[position])
                position += 1
                continue
            }
            let mark = bytes[position + 1]
            position += 2
            switch mark {
            case UInt8(ascii: "b"): text.append(8)
            case UInt8(ascii: "t"): text.append(Byte.tab)
            case UInt8(ascii: "n"): text.append(Byte.lineFeed)
            case UInt8(ascii: "f"): text.append(12)
            case UInt8(ascii: "r"): text.append(Byte.carriageReturn)
            case UInt8(ascii: "u"): text += character()
            default: text.append(mark)
            }
        }
        position = Swift.min(position + 1, bytes.endIndex)
        return text
    }

    /// The character of four hexadecimal digits, or of two times four; none when they are none.
    private mutating func character() -> [UInt8] {
        guard let first = unit() else { return [] }
        if let scalar = Unicode.Scalar(first) { return Array(String(scalar).utf8) }
        guard bytes[position...].starts(with: "\\u".utf8) else { return [] }
        position += 2
        guard first < 0xDC00, let second = unit(), (0xDC00..<0xE000).contains(second) else { return [] }
        let code = 0x10000 + (first - 0xD800) << 10 + (second - 0xDC00)
        return Unicode.Scalar(code).map { Array(String($0).utf8) } ?? []
    }

    private mutating func unit() -> UInt32? {
        let digits = bytes[position...].prefix(4)
        guard digits.count == 4, let code = UInt32(String(decoding: digits, as: UTF8.self), radix: 16) else {
            return nil
        }
        position += 4
        return code
    }
}
