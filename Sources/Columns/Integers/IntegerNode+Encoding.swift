extension IntegerNode {
    /// The best node for `values` under the profile.
    public static func encoding(_ values: [UInt64], profile: EncodingProfile) -> IntegerNode {
        guard let first = values.first else { return .constant(0) }
        guard values.count > 1 else { return .constant(first) }
        let step = values[1] &- first
        var isSequence = true
        var unsignedLow = UInt64.max
        var unsignedHigh: UInt64 = 0
        var signedLow = Int64.max
        var signedHigh = Int64.min
        var expected = first
        for value in values {
            if value != expected { isSequence = false }
            expected &+= step
            unsignedLow = min(unsignedLow, value)
            unsignedHigh = max(unsignedHigh, value)
            signedLow = min(signedLow, Int64(bitPattern: value))
            signedHigh = max(signedHigh, Int64(bitPattern: value))
        }
        if isSequence { return step == 0 ? .constant(first) : .sequence(first: first, step: step) }
        let unsignedRange = unsignedHigh &- unsignedLow
        let signedRange = UInt64(bitPattern: signedHigh) &- UInt64(bitPattern: signedLow)
        let base = unsignedRange <= signedRange ? unsignedLow : UInt64(bitPattern: signedLow)
        return packed(
            encoding: values, base: base, width: 64 - min(unsignedRange, signedRange).leadingZeroBitCount)
    }
}
