internal import Bytes
private import CKernels

/// A base and a width for packed integers, and what is done with values that do not fit: they are exceptions, or
/// only their higher bits are.
struct BitPlan {
    var base: UInt64
    var width: Int
    /// Whether the bits over the width stand by themselves, which are 0 but for the exceptions.
    var isSplit = false
    /// Of the values that the plan was made for.
    var exceptionCount: Int
    var byteCount: Double

    /// The best plan with this base.
    ///
    /// The `values` may be a sample of a column of `count`; `fullWidth` is the width of the column's whole range,
    /// exceptions must gain as much as the profile wants of a compression.
    init(_ values: [UInt64], of count: Int, base: UInt64, fullWidth: Int, profile: EncodingProfile) {
        let exceptionPrice = profile.exceptionPrice
        var histogram = [UInt32](repeating: 0, count: 65)
        unsafe traversion_width_histogram(values, values.count, base, &histogram)
        let scale = Double(count) / Double(values.count)
        let widths = (0...64).filter { histogram[$0] > 0 }
        self.base = base
        width = 64
        exceptionCount = 0
        byteCount = .infinity
        var fitting = 0
        for (index, candidate) in widths.enumerated() {
            fitting += Int(histogram[candidate])
            let over = values.count - fitting
            var bytes = Self.packedByteCount(count: Double(count), base: base, width: candidate)
            var isBetterSplit = false
            if over > 0 {
                let exceptionWidth = Self.exceptionWidth(widths[(index + 1)...], histogram, fullWidth: fullWidth)
                let plain = Self.exceptionByteCount(
                    Double(over) * scale, of: count, width: exceptionWidth, price: exceptionPrice)
                // The second pass over all values costs about as much as an exception for every sixteenth.
                // One bit over the width is always set: the exceptions have one value.
                let highWidth = exceptionWidth - Double(candidate)
                let split =
                    8 + exceptionPrice * Double(count) / 16
                    + Self.exceptionByteCount(
                        Double(over) * scale, of: count, width: highWidth <= 1 ? 0 : highWidth,
                        price: exceptionPrice)
                isBetterSplit = candidate > 0 && split < plain
                bytes += isBetterSplit ? split : plain
            }
            if bytes < byteCount {
                width = candidate
                isSplit = isBetterSplit
                exceptionCount = over
                byteCount = bytes
            }
            if over == 0, exceptionCount > 0, profile.tier == .hot, byteCount > bytes * (1 - profile.minimumGain) {
                width = candidate
                isSplit = false
                exceptionCount = 0
                byteCount = bytes
            }
        }
    }

    /// The bits of an exception among those of the given widths, which are packed with exceptions of their own.
    private static func exceptionWidth(
        _ widths: ArraySlice<Int>, _ histogram: [UInt32], fullWidth: Int
    ) -> Double {
        let count = widths.reduce(0) { $0 + Int(histogram[$1]) }
        var best = Double(fullWidth)
        var over = count
        for width in widths where width < fullWidth {
            over -= Int(histogram[width])
            best = min(best, Double(width) + Double(over * (fullWidth + 8)) / Double(count))
        }
        return best
    }

    /// What exceptions of a patched node are expected to take.
    private static func exceptionByteCount(_ count: Double, of all: Int, width: Double, price: Double) -> Double {
        // Positions are mostly packed differences: about the average distance and a bit for its spread.
        let positionWidth = max(1, Double(all) / count).binaryLogarithm + 1.5
        return 18 + count * ((positionWidth + width) / 8 + price)
    }

    /// Whether the values low ... low + range need no exceptions.
    func fits(low: UInt64, range: UInt64) -> Bool {
        let (high, isOver) = (low &- base).addingReportingOverflow(range)
        return width > 0 && !isOver && high <= UInt64.max >> UInt64(64 - width)
    }

    /// The bytes of a packed node, or of a constant when the width is 0.
    static func packedByteCount(count: Double, base: UInt64, width: Int) -> Double {
        let header = Double(1 + zigzagByteCount(base))
        guard width > 0 else { return header }
        let bytes = count * Double(width) / 8
        return header + 2 + Double(varintByteCount(UInt64(bytes))) + bytes
    }

    /// The best plan with any of the bases that are worth a try.
    static func best(
        _ values: [UInt64], of count: Int, low: UInt64, range: UInt64, mode: (value: UInt64, share: Double)?,
        profile: EncodingProfile
    ) -> BitPlan {
        let fullWidth = 64 - range.leadingZeroBitCount
        var best = BitPlan(values, of: count, base: low, fullWidth: fullWidth, profile: profile)
        if best.width == fullWidth { best.dropBase(low: low, range: range) }
        if let mode, mode.value != low, mode.share > 0.5 {
            let plan = BitPlan(values, of: count, base: mode.value, fullWidth: fullWidth, profile: profile)
            if plan.byteCount < best.byteCount { best = plan }
        }
        if let base = baseAboveOutliers(values, low: low), base != low {
            let plan = BitPlan(values, of: count, base: base, fullWidth: fullWidth, profile: profile)
            if plan.byteCount < best.byteCount { best = plan }
        }
        return best
    }

    /// Takes the base 0, which takes fewer bytes, where it needs no more bits for the values low ... low + range.
    mutating func dropBase(low: UInt64, range: UInt64) {
        guard base == low, width > 0 else { return }
        let (high, isOver) = low.addingReportingOverflow(range)
        guard !isOver, high <= UInt64.max >> UInt64(64 - width) else { return }
        byteCount -= Double(zigzagByteCount(low) - 1)
        base = 0
    }

    /// A base for values of which a few are far below the others.
    private static func baseAboveOutliers(_ values: [UInt64], low: UInt64) -> UInt64? {
        guard values.count >= 64 else { return nil }
        let step = values.count / 64
        let few = (0..<64).map { values[$0 * step] &- low }.sorted()
        let spread = few[60] - few[3]
        guard few[3] > spread else { return nil }
        let floor = few[3] - spread
        return low &+ values.reduce(UInt64.max) { ($1 &- low) >= floor ? min($0, $1 &- low) : $0 }
    }
}
