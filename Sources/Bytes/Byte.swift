/// Bytes that formats give a meaning.
public enum Byte {
    @inlinable public static var tab: UInt8 { 9 }
    @inlinable public static var lineFeed: UInt8 { 10 }
    @inlinable public static var carriageReturn: UInt8 { 13 }
    @inlinable public static var space: UInt8 { UInt8(ascii: " ") }
    @inlinable public static var quote: UInt8 { UInt8(ascii: "\"") }
    @inlinable public static var backslash: UInt8 { UInt8(ascii: "\\") }
    @inlinable public static var comma: UInt8 { UInt8(ascii: ",") }
    @inlinable public static var colon: UInt8 { UInt8(ascii: ":") }
    @inlinable public static var equals: UInt8 { UInt8(ascii: "=") }
    @inlinable public static var dash: UInt8 { UInt8(ascii: "-") }
    @inlinable public static var zero: UInt8 { UInt8(ascii: "0") }
    @inlinable public static var openBrace: UInt8 { UInt8(ascii: "{") }
    @inlinable public static var closeBrace: UInt8 { UInt8(ascii: "}") }
    @inlinable public static var openBracket: UInt8 { UInt8(ascii: "[") }
    @inlinable public static var closeBracket: UInt8 { UInt8(ascii: "]") }

    @inlinable
    @inline(__always)
    public static func isDigit(_ byte: UInt8) -> Bool { byte &- zero <= 9 }

    @inlinable
    @inline(__always)
    public static func isLetter(_ byte: UInt8) -> Bool { (byte | 0x20) &- UInt8(ascii: "a") < 26 }

    /// A letter of ASCII as a small one: others would need a table that changes from year to year.
    @inlinable
    @inline(__always)
    public static func lowered(_ byte: UInt8) -> UInt8 { byte &- 0x41 < 26 ? byte | 0x20 : byte }

    /// White space within a line.
    @inlinable
    @inline(__always)
    public static func isBlank(_ byte: UInt8) -> Bool { byte == space || byte == tab }

    /// White space of JSON.
    @inlinable
    @inline(__always)
    public static func isWhite(_ byte: UInt8) -> Bool {
        byte == space || byte == lineFeed || byte == carriageReturn || byte == tab
    }
}
