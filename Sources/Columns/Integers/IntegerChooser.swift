internal import Bytes

/// Weighs the encodings of a column by a sample of it.
///
/// Costs are in bytes; the time that a decoder takes counts as the profile says.
struct IntegerChooser {
    let values: [UInt64]
    let statistics: IntegerStatistics
    let profile: EncodingProfile
    let levels: Int
    let sample: IntegerSample
    let sampleValues: [UInt64]
    let sampleDistinct: DistinctIntegers

    init(_ values: [UInt64], statistics: IntegerStatistics, profile: EncodingProfile, levels: Int) {
        self.values = values
        self.statistics = statistics
        self.profile = profile
        self.levels = levels
        sample = IntegerSample(count: values.count, limit: profile.tier == .hot ? 1024 : 4096)
        sampleValues = sample.count == values.count ? values : sample.map { values[$0] }
        sampleDistinct = DistinctIntegers(sampleValues)
    }

    var mode: (value: UInt64, share: Double) {
        let (value, frequency) = sampleDistinct.mode
        return (value, Double(frequency) / Double(sampleValues.count))
    }

    /// What the time for an exception is worth.
    var exceptionPrice: Double { 4 * profile.bytesPerDecodeNanosecond }

    /// What decoding `count` values in so many nanoseconds each is worth in bytes.
    func price(_ nanoseconds: Double, _ count: Int) -> Double {
        nanoseconds * Double(count) * profile.bytesPerDecodeNanosecond
    }
}
