public import Columns

/// What a segment writer aims at and how much memory it may take.
public struct SegmentWriterOptions: Sendable {
    public var profile: EncodingProfile
    /// A band is encoded at once: its rows share dictionaries. The writer holds one band in memory.
    public var zoneCountPerBand: Int
    public var rawByteCountPerBand: Int
    /// Zones that share a page: more compress better, fewer are cheaper to look one row up in.
    public var zoneCountPerPage: Int
    /// A column with fewer values than this in a large band goes to an overflow bucket.
    public var overflowValueCount = 8
    public var overflowBucketCount = 16
    /// Shapes beyond which rows no longer share them and columns keep their own presence.
    public var shapeLimit = 4096
    public var writerName = "traversion-store"
    public var timePath = ColumnPath(keys: ["timestamp"])
    public var eventIdPaths = [ColumnPath(keys: ["eventId"])]
    public var traceIdPaths = [ColumnPath(keys: ["traceId"])]
    public var spanIdPaths = [ColumnPath(keys: ["spanId"]), ColumnPath(keys: ["parentSpanId"])]

    public init(tier: EncodingProfile.Tier) {
        profile = .tier(tier)
        switch tier {
        case .hot:
            zoneCountPerBand = 8
            rawByteCountPerBand = 48 << 20
            zoneCountPerPage = 4
        case .warm:
            zoneCountPerBand = 16
            rawByteCountPerBand = 96 << 20
            zoneCountPerPage = 4
        case .cold:
            zoneCountPerBand = 32
            rawByteCountPerBand = 192 << 20
            zoneCountPerPage = 32
        }
    }
}
