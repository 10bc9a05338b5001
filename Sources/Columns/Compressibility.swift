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

    /// The part of its length that compression leaves of `count` bytes of numbers, of which `bytes` may be a sample.
    ///
    /// An estimate looks at frequencies only.
    static func shareLeft(_ bytes: [UInt8], of count: Int, isEstimate: Bool) -> Double {
        let (entropy, valueCount) = frequencies(bytes)
        if entropy > 7.8, isEstimate || looksRandom(bytes) { return 1 }
        // A code of whole bits, and about four bits of table for each value.
        let byEntropy = max(entropy * 1.03, entropy < 0.1 ? 0 : 1) / 8 + Double(valueCount / 2 + 12) / Double(count)
        if isEstimate { return min(1, byEntropy) }
        var share = 1.0
        for effort in [ZstdFrame.Effort.literals, .level(3)] {
            guard let frame = ZstdFrame.compress(bytes[...], effort: effort, byteLimit: bytes.count) else { continue }
            share = min(share, Double(frame.count) / Double(bytes.count))
        }
        // More bytes than the sample have its tables only once.
        return min(share, byEntropy)
    }

    /// Bits per byte that an ideal code without memory takes for many such bytes, and the number of their values.
    static func frequencies(_ bytes: [UInt8]) -> (entropy: Double, valueCount: Int) {
        var counts = [Int](repeating: 0, count: 256)
        for byte in bytes { counts[Int(byte)] += 1 }
        var bits = 0.0
        var valueCount = 0
        for count in counts where count > 0 {
            let share = Double(count) / Double(bytes.count)
            bits -= share * share.binaryLogarithm
            valueCount += 1
        }
        // Few bytes look less spread than they are (Miller and Madow).
        return (min(8, bits + 0.72 * Double(valueCount - 1) / Double(bytes.count)), valueCount)
    }
}
