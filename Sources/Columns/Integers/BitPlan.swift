internal import Bytes
private import CKernels

/// A base and a width for packed integers, with the values that do not fit as exceptions.
struct BitPlan {
    var base: UInt64
    var width: Int
    /// Of the values that the plan was made for.
    var exceptionCount: Int
    var byteCount: Double

    /// The best plan with this base.
    ///
    /// The `values` may be a sample of a column of `count`; `fullWidth` is the width of the column's whole range,
    /// `exceptionPrice` what the time for an exception is worth in bytes.
    init(_ values: [UInt64], of count: Int, base: UInt64, fullWidth: Int, exceptionPrice: Double) {
        var histogram = [UInt32](repeating: 0, count: 65)
        unsafe traversion_width_histogram(values, values.count, base, &histogram)
        let scale = Double(count) / Double(values.count)
        self.base = base
        width = 64
        exceptionCount = 0
        byteCount = .infinity
        var fitting = 0
        for candidate in 0...64 {
            fitting += Int(histogram[candidate])
            guard fitting > 0 else { continue }
            let over = values.count - fitting
            let bytes = Self.byteCount(
                count: count, base: base, width: candidate, exceptionCount: Double(over) * scale, fullWidth: fullWidth,
                exceptionPrice: exceptionPrice)
            if bytes < byteCount {
                width = candidate
                exceptionCount = over
                byteCount = bytes
            }
            if over == 0 { break }
        }
    }

    /// What a packed or patched node is expected to take.
    static func byteCount(
        count: Int, base: UInt64, width: Int, exceptionCount: Double, fullWidth: Int, exceptionPrice: Double
    ) -> Double {
        var bytes = packedByteCount(count: Double(count), base: base, width: width)
        if exceptionCount > 0 {
            // Positions are mostly packed differences: about the average distance and a bit for its spread.
            let distance = max(1, Double(count) / exceptionCount)
            let positionWidth = distance.binaryLogarithm + 1.5
            bytes += 18 + exceptionCount * ((positionWidth + Double(fullWidth)) / 8 + exceptionPrice)
        }
        return bytes
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
        exceptionPrice: Double
    ) -> BitPlan {
        let fullWidth = 64 - range.leadingZeroBitCount
        var best = BitPlan(values, of: count, base: low, fullWidth: fullWidth, exceptionPrice: exceptionPrice)
        // The base 0 takes fewer bytes where it needs no more bits.
        if best.width == fullWidth, fullWidth > 0 {
            let (high, isOver) = low.addingReportingOverflow(range)
            if !isOver, high <= UInt64.max >> UInt64(64 - fullWidth) {
                best.byteCount -= Double(zigzagByteCount(low) - 1)
                best.base = 0
            }
        }
        if let mode, mode.value != low, mode.share > 0.5 {
            let plan = BitPlan(
                values, of: count, base: mode.value, fullWidth: fullWidth, exceptionPrice: exceptionPrice)
            if plan.byteCount < best.byteCount { best = plan }
        }
        if let base = baseAboveOutliers(values, low: low), base != low {
            let plan = BitPlan(values, of: count, base: base, fullWidth: fullWidth, exceptionPrice: exceptionPrice)
            if plan.byteCount < best.byteCount { best = plan }
        }
        return best
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
