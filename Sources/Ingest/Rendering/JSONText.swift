/// Strings as JSON writes them, with the shortest escapes (Format/Segment.md, 6.3).
public enum JSONText {
    /// The most bytes that a string of `byteCount` bytes takes, with its quotes and what is overwritten behind it.
    @inline(__always)
    static func maximumByteCount(_ byteCount: Int) -> Int { byteCount &* 6 &+ 2 &+ 8 }

    /// Writes a string in quotes and returns its byte count.
    @inline(__always)
    static func render(_ text: UnsafeBufferPointer<UInt8>, at output: UnsafeMutablePointer<UInt8>) -> Int {
        unsafe output.pointee = UInt8(ascii: "\"")
        var position = 1
        if let source = unsafe UnsafeRawPointer(text.baseAddress) {
            var offset = 0
            while offset &+ 8 <= text.count {
                let word = unsafe source.loadUnaligned(fromByteOffset: offset, as: UInt64.self)
                unsafe UnsafeMutableRawPointer(output + position).storeBytes(of: word, as: UInt64.self)
                guard needsEscape(word) else {
                    offset &+= 8
                    position &+= 8
                    continue
                }
                for index in offset..<offset &+ 8 { unsafe position &+= render(text[index], at: output + position) }
                offset &+= 8
            }
            while offset < text.count {
                unsafe position &+= render(text[offset], at: output + position)
                offset &+= 1
            }
        }
        unsafe output[position] = UInt8(ascii: "\"")
        return position &+ 1
    }

    /// A string in quotes.
    public static func quoted(_ text: some Collection<UInt8>) -> [UInt8] {
        let text = Array(text)
        return unsafe [UInt8](unsafeUninitializedCapacity: maximumByteCount(text.count)) { output, count in
            unsafe text.withUnsafeBufferPointer { text in
                if let start = output.baseAddress { count = unsafe render(text, at: start) }
            }
        }
    }

    /// Appends some bytes as a string in quotes.
    public static func append(_ bytes: [UInt8], _ range: Range<Int>, to output: inout [UInt8]) {
        unsafe bytes.withUnsafeBufferPointer { bytes in
            let text = unsafe UnsafeBufferPointer(rebasing: bytes[range])
            guard unsafe isPlain(text) else {
                unsafe output.append(contentsOf: quoted(text))
                return
            }
            output.append(UInt8(ascii: "\""))
            unsafe output.append(contentsOf: text)
            output.append(UInt8(ascii: "\""))
        }
    }

    /// Whether nothing of a text needs to be escaped.
    private static func isPlain(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
        let source = UnsafeRawBufferPointer(text)
        var offset = 0
        while offset &+ 8 <= source.count {
            if needsEscape(unsafe source.loadUnaligned(fromByteOffset: offset, as: UInt64.self)) { return false }
            offset &+= 8
        }
        while offset < source.count {
            let byte = unsafe source[offset]
            if byte < 0x20 || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\") { return false }
            offset &+= 1
        }
        return true
    }

    /// Whether one of eight bytes is a control character, a quote or a backslash. May say yes when the only such byte
    /// is none but stands behind one.
    @inline(__always)
    private static func needsEscape(_ word: UInt64) -> Bool {
        let ones: UInt64 = 0x0101_0101_0101_0101
        let quotes = word ^ (ones &* 0x22)
        let backslashes = word ^ (ones &* 0x5C)
        let found =
            ((word &- ones &* 0x20) & ~word) | ((quotes &- ones) & ~quotes) | ((backslashes &- ones) & ~backslashes)
        return found & (ones &* 0x80) != 0
    }

    @inline(__always)
    private static func render(_ byte: UInt8, at output: UnsafeMutablePointer<UInt8>) -> Int {
        unsafe output.pointee = byte
        if byte >= 0x20, byte != UInt8(ascii: "\""), byte != UInt8(ascii: "\\") { return 1 }
        return unsafe renderEscape(byte, at: output)
    }

    private static func renderEscape(_ byte: UInt8, at output: UnsafeMutablePointer<UInt8>) -> Int {
        unsafe output[0] = UInt8(ascii: "\\")
        let letter: Unicode.Scalar? =
            switch byte {
            case UInt8(ascii: "\""): "\""
            case UInt8(ascii: "\\"): "\\"
            case 8: "b"
            case 9: "t"
            case 10: "n"
            case 12: "f"
            case 13: "r"
            default: nil
            }
        if let letter {
            unsafe output[1] = UInt8(ascii: letter)
            return 2
        }
        unsafe output[1] = UInt8(ascii: "u")
        unsafe output[2] = UInt8(ascii: "0")
        unsafe output[3] = UInt8(ascii: "0")
        unsafe output[4] = UInt8(ascii: "0") &+ byte &>> 4
        let low = byte & 15
        unsafe output[5] = low < 10 ? UInt8(ascii: "0") &+ low : UInt8(ascii: "a") &+ low &- 10
        return 6
    }
}
