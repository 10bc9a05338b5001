private import CKernels

/// What one pass over values tells those who choose an encoding.
struct IntegerStatistics {
    let count: Int
    /// The low end of the narrower of the unsigned and the signed range.
    let low: UInt64
    /// How far the high end is above it.
    let range: UInt64
    /// The same of the signed differences from value to value.
    let differenceLow: UInt64
    let differenceRange: UInt64
    let runCount: Int

    /// Takes at least one value.
    init(_ values: [UInt64]) {
        let found = unsafe traversion_collect_statistics(values, values.count)
        let unsignedRange = found.unsignedMax &- found.unsignedMin
        let signedRange = UInt64(bitPattern: found.signedMax &- found.signedMin)
        count = values.count
        low = unsignedRange <= signedRange ? found.unsignedMin : UInt64(bitPattern: found.signedMin)
        range = min(unsignedRange, signedRange)
        differenceLow = UInt64(bitPattern: found.differenceMin)
        differenceRange = UInt64(bitPattern: found.differenceMax &- found.differenceMin)
        runCount = found.runCount
    }

    /// The bits of a packed value.
    var width: Int { 64 - range.leadingZeroBitCount }
}
