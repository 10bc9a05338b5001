/// Where the parts of an id filter stand and where a key looks (Format/Segment.md, 9).
struct IdFilterLayout: Equatable {
    static let headerByteCount = 32
    /// The three offsets inside a block take 16 bits of the hash each.
    static let largestBlockLength = 1 << 16

    var seed: UInt64
    var blockLength: UInt32
    var blockCount: UInt32
    var fingerprintBits: Int
    var rangeBits: Int

    var slotCount: Int { (Int(blockCount) + 3) * Int(blockLength) }
    var slotBits: Int { fingerprintBits + rangeBits }

    /// The slots of a key; four different ones, in four neighbouring blocks.
    @inline(__always)
    func slots(_ hash: UInt64) -> (Int, Int, Int, Int) {
        let length = UInt64(blockLength)
        let mask = length &- 1
        let first = hash.multipliedFullWidth(by: UInt64(blockCount) &* length).high
        return (
            Int(truncatingIfNeeded: first),
            Int(truncatingIfNeeded: (first &+ length) ^ (hash & mask)),
            Int(truncatingIfNeeded: (first &+ length &* 2) ^ ((hash >> 16) & mask)),
            Int(truncatingIfNeeded: (first &+ length &* 3) ^ ((hash >> 32) & mask))
        )
    }

    /// The hash that places a key, from the checksum of its bytes: another seed gives other neighbours.
    @inline(__always)
    func hash(_ keyHash: UInt64) -> UInt64 { Self.mixed(keyHash &+ seed &* 0x9E37_79B9_7F4A_7C15) }

    /// The hash under the first seed, from which the checksum can be had again.
    @inline(__always)
    static func firstHash(_ keyHash: UInt64) -> UInt64 { mixed(keyHash) }

    /// The hash that places a key, from that under the first seed, which most filters have.
    @inline(__always)
    func hash(fromFirst first: UInt64) -> UInt64 { seed == 0 ? first : hash(Self.keyHash(ofFirst: first)) }

    /// The checksum of a key's bytes, from its hash under the first seed.
    static func keyHash(ofFirst first: UInt64) -> UInt64 {
        var word = first
        word = (word ^ (word >> 31) ^ (word >> 62)) &* 0x3196_42B2_D24D_8EC3
        word = (word ^ (word >> 27) ^ (word >> 54)) &* 0x96DE_1B17_3F11_9089
        return word ^ (word >> 30) ^ (word >> 60)
    }

    @inline(__always)
    private static func mixed(_ word: UInt64) -> UInt64 {
        var mixed = word
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }

    /// The check bits of a key, from all bits of its hash, since the slots already tell most of them.
    @inline(__always)
    func fingerprint(_ hash: UInt64) -> UInt32 {
        // A shift by all 64 bits gives 0, which is right for no check bits.
        UInt32(truncatingIfNeeded: (hash &* 0x9E37_79B9_7F4A_7C15) >> UInt64(64 - fingerprintBits))
    }
}
