internal import Bytes

/// Cheap guesses about bytes before an expensive compressor sees them.
enum Compressibility {
    private static let runCount = 16
    private static let runByteCount = 256

    /// Whether a sample of the bytes is spread so evenly, and repeats itself so little, that no compressor would gain.
    static func looksRandom(_ bytes: [UInt8]) -> Bool {
        let sampleByteCount = runCount * runByteCount
        guard bytes.count >= sampleByteCount else { return false }
        var counts = [Int](repeating: 0, count: 256)
        var pairs = [Bool](repeating: false, count: 1 << 16)
        var repeatedPairCount = 0
        let stride = (bytes.count - runByteCount) / (runCount - 1)
        for run in 0..<runCount {
            var previous = 0
            for index in run * stride..<run * stride + runByteCount {
                let byte = Int(bytes[index])
                counts[byte] += 1
                let pair = previous << 8 | byte
                if pairs[pair] { repeatedPairCount += 1 }
                pairs[pair] = true
                previous = byte
            }
        }
        // Even bytes: the sum of squares of 4096 draws from 256 equal values is about 4096 * 17 (one in 256 more than
        // pure chance). Random pairs: about 125 of 4096 come twice by chance.
        let squares = counts.reduce(0) { $0 + $1 * $1 }
        return squares < sampleByteCount * 18 && repeatedPairCount < 220
    }

    /// The part of its length that compression leaves of bytes of numbers; these may be a sample of many more.
    static func shareLeft(_ bytes: [UInt8]) -> Double {
        let entropy = entropy(bytes)
        if entropy > 7.8, looksRandom(bytes) { return 1 }
        guard let frame = ZstdFrame.compress(bytes[...], effort: .literals, byteLimit: bytes.count) else {
            return min(1, entropy / 8 + 0.01)
        }
        var byteCount = frame.count
        if let other = ZstdFrame.compress(bytes[...], level: 3, byteLimit: byteCount) { byteCount = other.count }
        // More bytes have the same tables only once, so the entropy is a better guess where it is lower.
        return min(Double(byteCount) / Double(bytes.count), max(entropy / 8 * 1.03, 0.125) + 0.003)
    }

    /// Bits per byte that an ideal code without memory takes.
    static func entropy(_ bytes: [UInt8]) -> Double {
        var counts = [Int](repeating: 0, count: 256)
        for byte in bytes { counts[Int(byte)] += 1 }
        var bits = 0.0
        for count in counts where count > 0 {
            let share = Double(count) / Double(bytes.count)
            bits -= share * share.binaryLogarithm
        }
        return bits
    }
}
