import Bytes

/// A text that is looked for.
public struct SoughtText: Hashable, Sendable {
    let bytes: [UInt8]
    /// Whether capital and small letters of ASCII are the same.
    let anyCase: Bool

    public init(_ bytes: [UInt8], anyCase: Bool = false) {
        self.bytes = anyCase ? bytes.map(Byte.lowered) : bytes
        self.anyCase = anyCase
    }

    /// Bytes in which the text stands as it is sought.
    func comparable(_ bytes: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
        anyCase ? bytes.map(Byte.lowered)[...] : bytes
    }

    /// Whether a byte out of some may stand for one of the text, whose letters are small when either case counts.
    func mayBe(_ byte: UInt8, in bytes: ByteSet) -> Bool {
        bytes.contains(byte) || anyCase && Byte.isLetter(byte) && bytes.contains(byte ^ 0x20)
    }
}
