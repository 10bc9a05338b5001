/// The columns by whose codes the values of a column are put together (Format/Segment.md, 5.6).
struct Grouping {
    /// That of all values, or of their codes.
    var values: BandColumn?
    /// Those of the streams of its templates, by number.
    var streams: [Int: BandColumn] = [:]

    var keys: [BandColumn] { (values.map { [$0] } ?? []) + streams.keys.sorted().compactMap { streams[$0] } }
}
