import Bytes

/// The grammar of JSON numbers.
enum JSONNumber {
    static func isLiteral(_ input: Span<UInt8>, _ range: Range<Int>) -> Bool {
        var index = range.lowerBound
        func byte() -> UInt8 { index < range.upperBound ? input[index] : 0 }
        func passDigits() -> Int {
            let start = index
            while Byte.isDigit(byte()) { index += 1 }
            return index - start
        }
        if byte() == Byte.dash { index += 1 }
        let hasZero = byte() == Byte.zero
        let count = passDigits()
        guard count > 0, !hasZero || count == 1 else { return false }
        if byte() == UInt8(ascii: ".") {
            index += 1
            guard passDigits() > 0 else { return false }
        }
        if byte() | 0x20 == UInt8(ascii: "e") {
            index += 1
            if byte() == Byte.dash || byte() == UInt8(ascii: "+") { index += 1 }
            guard passDigits() > 0 else { return false }
        }
        return index == range.upperBound
    }
}
