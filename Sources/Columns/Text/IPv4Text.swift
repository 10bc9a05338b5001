/// IPv4 addresses in dotted decimal (Format/Segment.md, node 0x4C).
public enum IPv4Text {
    public static let maximumByteCount = 15

    public static func append(_ address: UInt32, to bytes: inout [UInt8]) {
        unsafe appendRendering(to: &bytes) { unsafe render(address, at: $0) }
    }

    /// Writes the text and returns its byte count. Up to 8 bytes after the text are overwritten.
    @inline(__always)
    static func render(_ address: UInt32, at output: UnsafeMutablePointer<UInt8>) -> Int {
        var offset = unsafe store(address &>> 24, at: output)
        offset &+= unsafe store(address &>> 16 & 0xFF, at: output + offset)
        offset &+= unsafe store(address &>> 8 & 0xFF, at: output + offset)
        offset &+= unsafe store(address & 0xFF, at: output + offset)
        return offset &- 1
    }

    @inline(__always)
    private static func digitCount(_ number: UInt32) -> Int { 1 &+ (number > 9 ? 1 : 0) &+ (number > 99 ? 1 : 0) }

    /// Stores a number up to 255 and a dot, four bytes in all, and returns how many of them count.
    @inline(__always)
    private static func store(_ number: UInt32, at output: UnsafeMutablePointer<UInt8>) -> Int {
        // 41 / 4096 and 103 / 1024 are a little over 1 / 100 and 1 / 10.
        let hundreds = (number &* 41) &>> 12
        let rest = number &- hundreds &* 100
        let tens = (rest &* 103) &>> 10
        let digits = hundreds | tens &<< 8 | (rest &- tens &* 10) &<< 16
        let digitCount = digitCount(number)
        let word = (digits | 0x2E30_3030) &>> UInt32(truncatingIfNeeded: 8 &* (3 &- digitCount))
        unsafe UnsafeMutableRawPointer(output).storeBytes(of: word, as: UInt32.self)
        return digitCount &+ 1
    }
}
