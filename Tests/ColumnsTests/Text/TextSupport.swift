import Bytes

@testable import Columns

/// Calls `body` with the text's bytes in memory of their own, so that a read past the end is one past the allocation.
func withText<Result>(_ text: String, _ body: (borrowing Span<UInt8>) -> Result) -> Result {
    let bytes = Array(text.utf8)
    return body(bytes.span)
}

/// The text that `append` adds to something that is there already.
func rendered(_ append: (inout [UInt8]) -> Void) -> String {
    var bytes = Array("before ".utf8)
    append(&bytes)
    return String(decoding: bytes.dropFirst(7), as: UTF8.self)
}

extension SplitMix64 {
    /// A number of random magnitude: short ones are as likely as long ones.
    mutating func anyNumber() -> UInt64 { next() >> UInt64.random(in: 0...63, using: &self) }

    /// A text of characters that numbers and times are made of.
    mutating func nearMiss(of text: String, alphabet: String = "0123456789abcdefABCDEF+-.:,TZ xX") -> String {
        var bytes = Array(text.utf8)
        let letters = Array(alphabet.utf8)
        for _ in 0...Int.random(in: 0...1, using: &self) {
            let letter = letters[Int.random(in: 0..<letters.count, using: &self)]
            let place = Int.random(in: 0...bytes.count, using: &self)
            switch Int.random(in: 0..<3, using: &self) {
            case 0: bytes.insert(letter, at: place)
            case 1 where place < bytes.count: bytes.remove(at: place)
            default: if place < bytes.count { bytes[place] = letter }
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}

/// Calls `body` with every text that differs from `text` in one byte, whatever the byte.
func withEveryByteChanged(_ text: String, _ body: (_ bytes: [UInt8]) -> Void) {
    for place in 0..<text.utf8.count {
        var bytes = Array(text.utf8)
        for byte in UInt8.min...UInt8.max where byte != bytes[place] {
            let before = bytes[place]
            bytes[place] = byte
            body(bytes)
            bytes[place] = before
        }
    }
}
