internal import Bytes
private import CKernels

/// Doubles cut in two: a few left parts (sign, exponent, first digits) with short codes, and right parts as they are.
extension FloatNode {
    static func decodeSplit(
        rightWidth: Int, entries: [UInt64], codes: [UInt64], in words: UnsafeMutableBufferPointer<UInt64>
    ) throws(DecodeError) {
        guard entries.allSatisfy({ $0 >> UInt64(64 - rightWidth) == 0 }) else {
            throw .corrupt(at: 0, "left part is too large")
        }
        let isSound = unsafe traversion_split_decode(
            words.baseAddress, codes, words.count, UInt32(rightWidth), entries, entries.count)
        guard isSound != 0 else { throw .corrupt(at: 0, "code of a left part or a right part is too large") }
    }

    /// The values as codes of left parts and right parts of `rightWidth` bits.
    static func splitBits(
        encoding values: [Double], rightWidth: Int, entries: [UInt64], profile: EncodingProfile
    ) -> FloatNode {
        let noCode = UInt8.max
        var codeOfLeft = [UInt8](repeating: noCode, count: 1 << (64 - rightWidth))
        for (code, entry) in entries.enumerated() { codeOfLeft[Int(entry)] = UInt8(code) }
        let mask = ~UInt64(0) >> UInt64(64 - rightWidth)
        var codes = [UInt64](repeating: 0, count: values.count)
        var positions: [UInt32] = []
        var lefts: [UInt64] = []
        for index in values.indices {
            let left = values[index].bitPattern >> UInt64(rightWidth)
            let code = codeOfLeft[Int(left)]
            if code == noCode {
                positions.append(UInt32(index))
                lefts.append(left)
            } else {
                codes[index] = UInt64(code)
            }
        }
        return .splitBits(
            rightWidth: rightWidth, entryCount: entries.count,
            entries: IntegerNode.encoding(entries, profile: profile),
            codes: IntegerNode.encoding(codes, profile: profile),
            rightParts: IntegerNode.encoding(values.map { $0.bitPattern & mask }, profile: profile),
            exceptions: FloatExceptions(encoding: positions, values: lefts, profile: profile))
    }

    /// The values cut where a sample says it is cheapest.
    public static func splitBits(encoding values: [Double], profile: EncodingProfile) -> FloatNode {
        guard !values.isEmpty else { return .bits(.constant(0)) }
        let cut = FloatCut.best(for: FloatSample.values(of: values))
        return splitBits(encoding: values, rightWidth: cut.rightWidth, entries: cut.entries, profile: profile)
    }
}

/// Where doubles are cut, and the left parts that get a code.
struct FloatCut {
    var rightWidth: Int
    /// Most frequent first; of equally frequent ones the lower.
    var entries: [UInt64]

    static func best(for sample: [Double]) -> FloatCut {
        let sorted = sample.map { $0.bitPattern }.sorted()
        var best: (cut: FloatCut, bitCount: Int)?
        for rightWidth in FloatNode.rightWidths {
            let counts = leftParts(of: sorted, rightWidth: rightWidth)
            for codeWidth in 0...3 {
                let entries = counts.prefix(1 << codeWidth)
                let missing = sorted.count - entries.reduce(0) { $0 + $1.count }
                // An exception costs its left part and its position.
                let bitCount = sorted.count * (rightWidth + codeWidth) + missing * (64 - rightWidth + 16)
                if bitCount < best?.bitCount ?? .max {
                    best = (FloatCut(rightWidth: rightWidth, entries: entries.map { $0.left }), bitCount)
                }
                if entries.count == counts.count { break }
            }
        }
        return best?.cut ?? FloatCut(rightWidth: FloatNode.rightWidths.lowerBound, entries: [0])
    }

    private static func leftParts(of sorted: [UInt64], rightWidth: Int) -> [(left: UInt64, count: Int)] {
        var counts: [(left: UInt64, count: Int)] = []
        for bits in sorted {
            let left = bits >> UInt64(rightWidth)
            if counts.last?.left == left { counts[counts.count - 1].count += 1 } else { counts.append((left, 1)) }
        }
        return counts.sorted { $0.count != $1.count ? $0.count > $1.count : $0.left < $1.left }
    }
}
