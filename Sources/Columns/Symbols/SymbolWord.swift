/// A string of 1 to 8 bytes.
struct SymbolWord: Equatable {
    /// The first byte lowest; unused high bytes are 0.
    var bytes: UInt64
    var length: Int

    static let maximumLength = SymbolTable.maximumSymbolByteCount

    /// Both together, or nil when that is more than a symbol holds.
    func followed(by next: SymbolWord) -> SymbolWord? {
        guard length + next.length <= Self.maximumLength else { return nil }
        return SymbolWord(bytes: bytes | next.bytes << UInt64(8 * length), length: length + next.length)
    }

    func isPrefix(of other: SymbolWord) -> Bool {
        length <= other.length && (bytes ^ other.bytes) << UInt64(64 - 8 * length) == 0
    }

    func dropping(_ count: Int) -> SymbolWord {
        SymbolWord(bytes: count == 8 ? 0 : bytes >> UInt64(8 * count), length: length - count)
    }

    /// The word as a number that sorts like its bytes.
    var ordered: UInt64 { bytes.byteSwapped }

    var array: [UInt8] { (0..<length).map { UInt8(truncatingIfNeeded: bytes >> UInt64(8 * $0)) } }
}
