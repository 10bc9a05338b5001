internal import Bytes

extension IntegerChooser {
    /// A way to write values without transforming them first.
    struct Leaf {
        enum Kind {
            /// Packed, with exceptions where that gains.
            case bits
            /// Packed to 1, 2 or 4 bits and then compressed: several values stand in a byte of which the frequency counts.
            case compressedBits(width: Int)
            case planes
            /// Exceptions from the most frequent value, as planes.
            case exceptionPlanes(UInt64)
        }

        var kind: Kind
        var bits: BitPlan
        var cost: Double
        /// What the values take when they are only packed.
        var packedByteCount: Double
    }

    /// The best leaf for the column itself.
    var bestLeaf: Leaf {
        leaf(sampleValues, of: values.count, low: statistics.low, range: statistics.range, mode: mode)
    }

    /// The best leaf for a column of `count` values in the given range, of which `values` are a sample.
    func leaf(
        _ values: [UInt64], of count: Int, low: UInt64, range: UInt64, mode: (value: UInt64, share: Double)? = nil,
        isEstimate: Bool = false
    ) -> Leaf {
        let bits = BitPlan.best(
            values, of: count, low: low, range: range, mode: mode, profile: profile)
        let fullWidth = 64 - range.leadingZeroBitCount
        let packedByteCount = BitPlan.packedByteCount(count: Double(count), base: low, width: fullWidth)
        var leaf = Leaf(
            kind: .bits, bits: bits, cost: bits.byteCount + price(0.15, count), packedByteCount: packedByteCount)
        guard profile.tier != .hot, count >= 128 else { return leaf }
        let wanted = 1 - profile.minimumGain
        if fullWidth <= 4 {
            let width = [1, 1, 2, 4, 4][fullWidth]
            let share = Compressibility.shareLeft(
                IntegerNode.packedBits(values, base: low, width: width), of: count * width / 8, isEstimate: isEstimate)
            let cost = 12 + share * Double(count * width) / 8 + price(0.15 + 0.12 * Double(width), count)
            if cost < leaf.cost * wanted {
                leaf.cost = cost
                leaf.kind = .compressedBits(width: width)
            }
        } else {
            let planes = PlanePlan(
                values, of: count, low: low, range: range, profile: profile, isEstimate: isEstimate)
            let cost = planes.byteCount + price(0.3 + Double(planes.compressedCount), count)
            if cost < leaf.cost * wanted {
                leaf.cost = cost
                leaf.kind = .planes
            }
        }
        if let mode, fullWidth > 4, mode.share > 0.1, mode.share < 0.9 {
            let others = values.filter { $0 != mode.value }
            let otherCount = Int(Double(count) * (1 - mode.share))
            let planes = PlanePlan(
                others, of: otherCount, low: low, range: range, profile: profile, isEstimate: isEstimate)
            let share = mode.share
            let positionBits = -share * share.binaryLogarithm - (1 - share) * (1 - share).binaryLogarithm
            let cost =
                planes.byteCount + 24 + 1.2 * positionBits / 8 * Double(count)
                + price(0.3 + Double(planes.compressedCount), count) + profile.exceptionPrice * Double(otherCount)
            if cost < leaf.cost * wanted {
                leaf.cost = cost
                leaf.kind = .exceptionPlanes(mode.value)
            }
        }
        return leaf
    }

    /// A sample of a transformed column as a leaf; its range is that of the sample.
    func leaf(sample: [UInt64], of count: Int) -> Leaf {
        let statistics = IntegerStatistics(sample)
        return leaf(sample, of: count, low: statistics.low, range: statistics.range, isEstimate: true)
    }

    func build(_ leaf: Leaf) -> IntegerNode {
        var bits = leaf.bits
        // What holds the whole range needs no second look; else the sample does not know all exceptions.
        if sample.count < values.count, !bits.fits(low: statistics.low, range: statistics.range) {
            bits = BitPlan(
                values, of: values.count, base: bits.base, fullWidth: statistics.width, profile: profile)
        }
        switch leaf.kind {
        case .bits: break
        case .compressedBits(let width):
            let packed = IntegerNode.packedBits(values, base: statistics.low, width: width)
            let node = IntegerNode.packed(
                base: statistics.low, width: width, bits: .storing(numbers: packed, profile: profile))
            if Double(node.byteCount) < bits.byteCount { return node }
        case .exceptionPlanes(let value):
            let node = IntegerNode.patched(encoding: values, base: value, width: 0, profile: profile)
            if Double(node.byteCount) < bits.byteCount { return node }
        case .planes:
            let node = IntegerNode.planes(encoding: values, profile: profile)
            if Double(node.byteCount) < bits.byteCount { return node }
        }
        return .encoding(values, bits: bits, profile: profile, levels: levels, memory: memory)
    }
}
