/// Any bytes as standard base64 with padding, in quotes: how NDJSON shows columns of type bytes.
enum Base64Text {
    @inline(__always)
    static func maximumByteCount(_ byteCount: Int) -> Int { (byteCount &+ 2) / 3 &* 4 &+ 2 }

    /// Writes the text and returns its byte count.
    static func render(_ bytes: UnsafeBufferPointer<UInt8>, at output: UnsafeMutablePointer<UInt8>) -> Int {
        var position = 0
        func put(_ byte: UInt8) {
            unsafe output[position] = byte
            position &+= 1
        }
        put(UInt8(ascii: "\""))
        var offset = 0
        while offset < bytes.count {
            let count = min(3, bytes.count &- offset)
            var group: UInt32 = 0
            for index in 0..<3 {
                group = unsafe group &<< 8 | (index < count ? UInt32(bytes[offset &+ index]) : 0)
            }
            for index in 0..<4 {
                let digit = UInt8(truncatingIfNeeded: group &>> UInt32(truncatingIfNeeded: 18 &- 6 &* index)) & 63
                put(index <= count ? letter(digit) : UInt8(ascii: "="))
            }
            offset &+= 3
        }
        put(UInt8(ascii: "\""))
        return position
    }

    private static func letter(_ digit: UInt8) -> UInt8 {
        switch digit {
        case 0..<26: UInt8(ascii: "A") &+ digit
        case 26..<52: UInt8(ascii: "a") &+ digit &- 26
        case 52..<62: UInt8(ascii: "0") &+ digit &- 52
        case 62: UInt8(ascii: "+")
        default: UInt8(ascii: "/")
        }
    }
}
