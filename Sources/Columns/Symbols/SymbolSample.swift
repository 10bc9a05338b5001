import Bytes

/// The part of a run of strings that a symbol table is trained on.
enum SymbolSample {
    static let byteCount = 16 << 10
    /// Of a longer string only a stretch of this length is taken, so that one giant does not crowd out the rest.
    static let stretchByteCount = 512
    private static let seed: UInt64 = 0x53_79_6D_62_6F_6C_73

    /// Everything when it is little, else stretches from strings spread evenly over the run.
    static func strings(of strings: StringVector) -> StringVector {
        if strings.bytes.count <= byteCount { return strings }
        var generator = SplitMix64(seed: seed)
        let averageByteCount = max(1, strings.bytes.count / strings.count)
        let pickCount = min(strings.count, max(byteCount / min(averageByteCount, stretchByteCount), 1))
        // With few long strings, several stretches are taken of each.
        let stretchesPerString = max(1, byteCount / (pickCount * stretchByteCount))
        var sample = StringVector()
        for pick in 0..<pickCount where sample.bytes.count < byteCount {
            let first = strings.count * pick / pickCount
            let end = strings.count * (pick + 1) / pickCount
            let string = strings[Int.random(in: first..<max(end, first + 1), using: &generator)]
            if string.count <= stretchByteCount {
                sample.append(string)
                continue
            }
            for _ in 0..<stretchesPerString {
                let start = string.startIndex + Int.random(in: 0...(string.count - stretchByteCount), using: &generator)
                sample.append(string[start..<start + stretchByteCount])
            }
        }
        return sample
    }
}
