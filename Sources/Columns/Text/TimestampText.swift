/// Timestamps as text (Format/Segment.md, 6.1).
public enum TimestampText {
    public static let minimumByteCount = 19
    public static let maximumByteCount = 35

    static let nanosecondsPerSecond: Int64 = 1_000_000_000
    static let secondsPerDay = 86_400

    /// The instant (ns since 1970 UTC) and the form of a text, the fraction digits counted out; nil unless rendering
    /// both gives the same text back.
    public static func parse(_ text: borrowing Span<UInt8>) -> (nanoseconds: Int64, form: UInt32)? {
        var parser = TimestampParser()
        return parser.parse(text)
    }
}
