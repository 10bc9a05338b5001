public import Bytes

extension StoredBuffer {
    /// A Zstd dictionary and the resource in which readers find it.
    public struct SharedDictionary: Sendable {
        public var resource: Int
        public var dictionary: ZstdDictionary

        public init(resource: Int, dictionary: ZstdDictionary) {
            self.resource = resource
            self.dictionary = dictionary
        }
    }

    /// Buffers over this length hold their own repeats: a shared dictionary adds nothing.
    private static let sharedDictionaryByteLimit = 128 << 10

    /// Stores `raw` compressed when that gains what the profile asks for, else as it is.
    public static func storing(_ raw: [UInt8], profile: EncodingProfile) -> StoredBuffer {
        // Headers eat what so few bytes could gain.
        guard raw.count >= 24 else { return StoredBuffer(raw: raw) }
        let wanted = Double(raw.count) * (1 - profile.minimumGain)
        let byteLimit = min(Int(wanted), raw.count - 2)
        if profile.tier == .hot {
            guard let block = LZ4Block.compress(raw[...], byteLimit: byteLimit) else { return StoredBuffer(raw: raw) }
            return StoredBuffer(codec: .lz4, rawByteCount: raw.count, stored: block[...])
        }
        let alone = zstd(raw, level: profile.zstdLevel, byteLimit: byteLimit)
        guard let shared = profile.sharedDictionary, raw.count <= sharedDictionaryByteLimit,
            let frame = ZstdFrame.compress(
                raw[...], level: profile.zstdLevel, dictionary: shared.dictionary,
                byteLimit: min(byteLimit, (alone?.count ?? byteLimit) - 3))
        else {
            guard let alone else { return StoredBuffer(raw: raw) }
            return StoredBuffer(codec: .zstd, rawByteCount: raw.count, stored: alone[...])
        }
        return StoredBuffer(
            codec: .zstdWithDictionary, rawByteCount: raw.count, resource: shared.resource, stored: frame[...])
    }

    private static func zstd(_ raw: [UInt8], level: Int32, byteLimit: Int) -> [UInt8]? {
        // LZ4 finds the repeats that a sample cannot see, in a fraction of the time of Zstd.
        if Compressibility.looksRandom(raw), LZ4Block.compress(raw[...], byteLimit: byteLimit) == nil { return nil }
        return ZstdFrame.compress(raw[...], level: level, dictionary: nil, byteLimit: byteLimit)
    }

    /// Stores bytes of numbers, of which the frequencies say more than the order; in the hot tier as they are.
    static func storing(numbers raw: [UInt8], profile: EncodingProfile) -> StoredBuffer {
        guard profile.tier != .hot, raw.count >= 24 else { return StoredBuffer(raw: raw) }
        if Compressibility.frequencies(raw).entropy > 7.8, Compressibility.looksRandom(raw) {
            return StoredBuffer(raw: raw)
        }
        let byteLimit = min(Int(Double(raw.count) * (1 - profile.minimumGain)), raw.count - 2)
        var best = ZstdFrame.compress(raw[...], effort: .literals, byteLimit: byteLimit)
        // Higher levels are for bytes that repeat in longer strings, which a low one shows.
        for level in [3, profile.zstdLevel] {
            let bestByteCount = best?.count ?? byteLimit
            guard bestByteCount > 40,
                let frame = ZstdFrame.compress(raw[...], level: level, byteLimit: bestByteCount - 1)
            else { break }
            best = frame
            if level == profile.zstdLevel { break }
        }
        guard let best else { return StoredBuffer(raw: raw) }
        return StoredBuffer(codec: .zstd, rawByteCount: raw.count, stored: best[...])
    }

    /// The buffer's bytes; those of an uncompressed one are not copied.
    public func raw(in environment: any PageEnvironment) throws(DecodeError) -> ArraySlice<UInt8> {
        if codec == .none { return stored }
        return try environment.decompressed(self) { () throws(DecodeError) in
            switch codec {
            case .none: Array(stored)
            case .lz4: try LZ4Block.decompress(stored, rawByteCount: rawByteCount)
            case .zstd: try ZstdFrame.decompress(stored, rawByteCount: rawByteCount)
            case .zstdWithDictionary:
                try ZstdFrame.decompress(
                    stored, rawByteCount: rawByteCount, dictionary: environment.zstdDictionary(resource))
            }
        }
    }

    /// The number of bytes that ``write(to:)`` appends.
    public var byteCount: Int {
        var total = 1 + varintByteCount(UInt64(rawByteCount)) + stored.count
        if codec == .zstdWithDictionary { total += varintByteCount(UInt64(resource)) }
        if codec != .none { total += varintByteCount(UInt64(stored.count)) }
        return total
    }
}
