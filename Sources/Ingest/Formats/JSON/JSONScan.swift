import Bytes

/// Finds where JSON values end, by their brackets and quotes alone: whether they are right is for the parser to say.
enum JSONScan {
    enum Outcome: Equatable {
        /// The place behind the value.
        case end(Int)
        /// The value goes on behind the input.
        case unfinished
        /// A bracket closes what another kind has opened.
        case mismatch(at: Int, LineError.Reason)
    }

    /// Deeper values are told from shallower ones by the parser; here they only must not take more memory.
    private static let trackedDepth = 1024

    @inline(__always)
    static func afterWhite(_ input: Span<UInt8>, from start: Int) -> Int {
        var index = start
        while index < input.count, unsafe Byte.isWhite(input[unchecked: index]) { index &+= 1 }
        return index
    }

    /// The end of the value that begins at `start`. `isLast`: a number may end where the input does.
    static func endOfValue(_ input: Span<UInt8>, from start: Int, isLast: Bool) -> Outcome {
        switch input.byte(at: start) {
        case Byte.openBrace, Byte.openBracket: return endOfNested(input, from: start)
        case Byte.quote:
            guard let end = endOfString(input, from: start) else { return .unfinished }
            return .end(end)
        default:
            var index = start
            while index < input.count, !endsScalar(unsafe input[unchecked: index]) { index &+= 1 }
            if index == input.count, !isLast { return .unfinished }
            return .end(max(index, min(start + 1, input.count)))
        }
    }

    /// The place behind the string that begins at `start`.
    @inline(__always)
    static func endOfString(_ input: Span<UInt8>, from start: Int) -> Int? {
        var index = start &+ 1
        let count = input.count
        return unsafe input.withUnsafeBufferPointer { bytes -> Int? in
            guard let base = unsafe UnsafeRawPointer(bytes.baseAddress) else { return nil }
            let ones: UInt64 = 0x0101_0101_0101_0101
            while true {
                while index &+ 8 <= count {
                    let word = unsafe base.loadUnaligned(fromByteOffset: index, as: UInt64.self)
                    let found =
                        EightBytesSearch.zeros(word ^ (ones &* 0x22)) | EightBytesSearch.zeros(word ^ (ones &* 0x5C))
                    if found != 0 {
                        index &+= found.trailingZeroBitCount &>> 3
                        break
                    }
                    index &+= 8
                }
                guard index < count else { return nil }
                switch unsafe bytes[index] {
                case Byte.quote: return index &+ 1
                case Byte.backslash: index &+= 2
                default: index &+= 1
                }
            }
        }
    }

    @inline(__always)
    private static func endsScalar(_ byte: UInt8) -> Bool {
        switch byte {
        case Byte.comma, Byte.colon, Byte.openBrace, Byte.closeBrace, Byte.openBracket, Byte.closeBracket, Byte.quote:
            true
        default: Byte.isWhite(byte)
        }
    }

    private static func endOfNested(_ input: Span<UInt8>, from start: Int) -> Outcome {
        var kinds = InlineArray<16, UInt64>(repeating: 0)
        var depth = 0
        var index = start
        while index < input.count {
            let byte = unsafe input[unchecked: index]
            switch byte {
            case Byte.quote:
                guard let end = endOfString(input, from: index) else { return .unfinished }
                index = end
                continue
            case Byte.openBrace, Byte.openBracket:
                if depth < trackedDepth {
                    let bit: UInt64 = 1 &<< UInt64(depth & 63)
                    if byte == Byte.openBrace { kinds[depth &>> 6] |= bit } else { kinds[depth &>> 6] &= ~bit }
                }
                depth &+= 1
            case Byte.closeBrace, Byte.closeBracket:
                depth &-= 1
                if depth < trackedDepth {
                    let isObject = kinds[depth &>> 6] &>> UInt64(depth & 63) & 1 == 1
                    if isObject != (byte == Byte.closeBrace) {
                        return .mismatch(at: index, isObject ? .expectedCommaOrBrace : .expectedCommaOrBracket)
                    }
                }
                if depth == 0 { return .end(index &+ 1) }
            default: break
            }
            index &+= 1
        }
        return .unfinished
    }
}
