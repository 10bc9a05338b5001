import Columns
public import Segments

extension SegmentWriterOptions {
    /// How the segments of a store are written: with the canonical fields beside those of the events.
    public static func forStore(_ tier: EncodingProfile.Tier) -> SegmentWriterOptions {
        var options = SegmentWriterOptions(tier: tier)
        options.timePath = CanonicalField.timestamp.aliasPath
        options.eventIdPaths.append(CanonicalField.eventId.aliasPath)
        options.traceIdPaths.append(CanonicalField.traceId.aliasPath)
        options.spanIdPaths += [CanonicalField.spanId.aliasPath, CanonicalField.parentSpanId.aliasPath]
        return options
    }
}
