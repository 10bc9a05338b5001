import Storage

/// SipHash-2-4 with 128 bits (Aumasson and Bernstein): without its key nobody can tell or try out what was hashed.
struct KeyedHash {
    private var v0: UInt64
    private var v1: UInt64
    private var v2: UInt64
    private var v3: UInt64

    private init(_ key: MaskingKey) {
        v0 = key.first ^ 0x736f_6d65_7073_6575
        v1 = key.second ^ 0x646f_7261_6e64_6f6d ^ 0xee
        v2 = key.first ^ 0x6c79_6765_6e65_7261
        v3 = key.second ^ 0x7465_6462_7974_6573
    }

    static func hash(_ text: [UInt8], _ key: MaskingKey) -> (first: UInt64, second: UInt64) {
        var state = KeyedHash(key)
        var word: UInt64 = 0
        for (index, byte) in text.enumerated() {
            word |= UInt64(byte) << UInt64(index % 8 * 8)
            if index % 8 == 7 {
                state.take(word)
                word = 0
            }
        }
        state.take(word | UInt64(truncatingIfNeeded: text.count) << 56)
        state.v2 ^= 0xee
        for _ in 0..<4 { state.turn() }
        let first = state.v0 ^ state.v1 ^ state.v2 ^ state.v3
        state.v1 ^= 0xdd
        for _ in 0..<4 { state.turn() }
        return (first, state.v0 ^ state.v1 ^ state.v2 ^ state.v3)
    }

    /// The hash as hexadecimal digits, in the order of its bytes.
    static func digits(_ text: [UInt8], _ key: MaskingKey) -> [UInt8] {
        let (first, second) = hash(text, key)
        let letters = Array("0123456789abcdef".utf8)
        return [first, second].flatMap { word in
            (0..<8).flatMap { index in
                let byte = Int(truncatingIfNeeded: word >> UInt64(index * 8)) & 255
                return [letters[byte >> 4], letters[byte & 15]]
            }
        }
    }

    private mutating func take(_ word: UInt64) {
        v3 ^= word
        turn()
        turn()
        v0 ^= word
    }

    private mutating func turn() {
        v0 &+= v1
        v1 = Self.rotated(v1, 13) ^ v0
        v0 = Self.rotated(v0, 32)
        v2 &+= v3
        v3 = Self.rotated(v3, 16) ^ v2
        v0 &+= v3
        v3 = Self.rotated(v3, 21) ^ v0
        v2 &+= v1
        v1 = Self.rotated(v1, 17) ^ v2
        v2 = Self.rotated(v2, 32)
    }

    private static func rotated(_ word: UInt64, _ count: UInt64) -> UInt64 { word << count | word >> (64 - count) }
}
