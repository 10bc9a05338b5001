import Bytes
import Columns

extension JSONLines {
    /// Writes a text as the JSON value that it shows: an integer or a double that it gives back exactly, true or
    /// false, else a string.
    mutating func typedValue(_ input: Span<UInt8>, _ range: Range<Int>) {
        switch input.byte(at: range.lowerBound) {
        case UInt8(ascii: "t") where input.equals("true", in: range): raw(input, range)
        case UInt8(ascii: "f") where input.equals("false", in: range): raw(input, range)
        case Byte.dash, Byte.zero...UInt8(ascii: "9"):
            if Self.isNumber(input, range) { raw(input, range) } else { string(input, range) }
        default: string(input, range)
        }
    }

    /// Whether a JSON number of this text has the text's value exactly, in 64 bits. Zeros at the end of a fraction do
    /// not matter: the store keeps the number's text.
    static func isNumber(_ input: Span<UInt8>, _ range: Range<Int>) -> Bool {
        guard range.count <= 40 else { return false }
        var end = range.upperBound
        if let point = input.firstIndex(of: UInt8(ascii: "."), in: range) {
            while end > point + 2, input[end - 1] == Byte.zero { end -= 1 }
        }
        return NumberText.classify(input.extracting(range.lowerBound..<end)) != .text
    }
}
