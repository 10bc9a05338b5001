/// Takes the tokens of JSON without white space, one after another.
struct CompactJSONScanner {
    private let text: ArraySlice<UInt8>
    private var position: Int

    init(_ text: ArraySlice<UInt8>) {
        self.text = text
        position = text.startIndex
    }

    var isAtEnd: Bool { position == text.endIndex }

    private var next: UInt8? { position < text.endIndex ? text[position] : nil }

    mutating func take(_ mark: Unicode.Scalar) -> Bool {
        guard next == UInt8(ascii: mark) else { return false }
        position += 1
        return true
    }

    mutating func takeKey() -> Bool { takeString() && take(":") }

    mutating func takeScalar() -> Bool {
        switch next {
        case UInt8(ascii: "\""): takeString()
        case UInt8(ascii: "t"): take(word: "true")
        case UInt8(ascii: "f"): take(word: "false")
        case UInt8(ascii: "n"): take(word: "null")
        default: takeNumber()
        }
    }

    private mutating func take(word: StaticString) -> Bool {
        let count = word.utf8CodeUnitCount
        guard text[position...].starts(with: word.description.utf8) else { return false }
        position += count
        return true
    }

    mutating func takeNumber() -> Bool {
        _ = take("-")
        if !take("0") { guard takeDigits() else { return false } }
        if take("."), !takeDigits() { return false }
        if take("e") || take("E") {
            if !take("+") { _ = take("-") }
            return takeDigits()
        }
        return true
    }

    private mutating func takeDigits() -> Bool {
        let start = position
        while let byte = next, byte >= UInt8(ascii: "0"), byte <= UInt8(ascii: "9") { position += 1 }
        return position > start
    }

    /// A string in which just what needs an escape has one, the shortest.
    private mutating func takeString() -> Bool {
        guard take("\"") else { return false }
        while let byte = next {
            position += 1
            if byte == UInt8(ascii: "\"") { return true }
            guard byte >= 0x20 else { return false }
            if byte == UInt8(ascii: "\\"), !takeEscape() { return false }
        }
        return false
    }

    private mutating func takeEscape() -> Bool {
        guard let letter = next else { return false }
        position += 1
        switch letter {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "b"), UInt8(ascii: "f"), UInt8(ascii: "n"),
            UInt8(ascii: "r"), UInt8(ascii: "t"):
            return true
        case UInt8(ascii: "u"):
            guard take("0"), take("0"), let high = next, high == UInt8(ascii: "0") || high == UInt8(ascii: "1") else {
                return false
            }
            position += 1
            guard let low = next else { return false }
            position += 1
            // Eight, nine, ten, twelve and thirteen have letters.
            let digits = high == UInt8(ascii: "0") ? "01234567bef" : "0123456789abcdef"
            return digits.utf8.contains(low)
        default: return false
        }
    }
}
