/// What an encoder aims at: how fast, how small, how cheap to decode.
public struct EncodingProfile: Sendable {
    public enum Tier: UInt8, Sendable, CaseIterable {
        case hot = 1
        case warm = 2
        case cold = 3
    }

    public var tier: Tier
    /// A buffer is compressed only when that makes it smaller by at least this fraction.
    public var minimumGain: Double
    public var zstdLevel: Int32
    /// What one extra nanosecond of decoding per value is worth, in bytes per value.
    public var bytesPerDecodeNanosecond: Double
    /// A Zstd dictionary that the pages of a band share; a buffer uses it when that makes it smaller still.
    public var sharedDictionary: StoredBuffer.SharedDictionary?

    /// Symbols for the texts of the column that is written, where they are expected to gain.
    public var sharedSymbols: SharedSymbols?

    /// What the time for a value that is an exception is worth in bytes.
    var exceptionPrice: Double { 4 * bytesPerDecodeNanosecond }

    /// For trials: a lower level of compression tells as well which of two ways is the smaller.
    package var forTrials: EncodingProfile {
        var profile = self
        profile.zstdLevel = min(zstdLevel, 3)
        return profile
    }

    public static let hot = EncodingProfile(tier: .hot, minimumGain: 0.10, zstdLevel: 0, bytesPerDecodeNanosecond: 0.05)
    public static let warm = EncodingProfile(
        tier: .warm, minimumGain: 0.05, zstdLevel: 3, bytesPerDecodeNanosecond: 0.01)
    public static let cold = EncodingProfile(
        tier: .cold, minimumGain: 0.01, zstdLevel: 12, bytesPerDecodeNanosecond: 0.001)

    public static func tier(_ tier: Tier) -> EncodingProfile {
        switch tier {
        case .hot: .hot
        case .warm: .warm
        case .cold: .cold
        }
    }
}
