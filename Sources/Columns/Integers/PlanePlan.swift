internal import Bytes

/// What values take as byte planes that are compressed one by one.
struct PlanePlan {
    var byteCount: Double
    /// Planes that a decoder has to decompress.
    var compressedCount: Int

    /// The `values` may be a sample of a column of `count`.
    init(_ values: [UInt64], of count: Int, low: UInt64, range: UInt64, profile: EncodingProfile, isEstimate: Bool) {
        let planeCount = max(1, (71 - range.leadingZeroBitCount) / 8)
        byteCount = Double(2 + zigzagByteCount(low))
        compressedCount = 0
        for plane in IntegerNode.bytePlanes(values, base: low, count: planeCount) {
            let share = Compressibility.shareLeft(plane, of: count, isEstimate: isEstimate)
            if share < 1 - profile.minimumGain {
                compressedCount += 1
                byteCount += 6 + share * Double(count)
            } else {
                byteCount += 4 + Double(count)
            }
        }
    }
}
