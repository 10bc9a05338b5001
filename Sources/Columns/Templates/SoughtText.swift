/// A text that is looked for.
public struct SoughtText: Hashable, Sendable {
    let bytes: [UInt8]
    /// Whether capital and small letters of ASCII are the same.
    let anyCase: Bool

    public init(_ bytes: [UInt8], anyCase: Bool = false) {
        self.bytes = anyCase ? bytes.map(Self.lowered) : bytes
        self.anyCase = anyCase
    }

    static func lowered(_ byte: UInt8) -> UInt8 { byte &- 0x41 < 26 ? byte | 0x20 : byte }
    static func isSmallLetter(_ byte: UInt8) -> Bool { byte &- 0x61 < 26 }

    /// Bytes in which the text stands as it is sought.
    func comparable(_ bytes: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
        anyCase ? bytes.map(Self.lowered)[...] : bytes
    }

    /// Whether a byte out of some may stand for one of the text.
    func mayBe(_ byte: UInt8, in bytes: ByteSet) -> Bool {
        bytes.contains(byte) || anyCase && Self.isSmallLetter(byte) && bytes.contains(byte ^ 0x20)
    }
}
