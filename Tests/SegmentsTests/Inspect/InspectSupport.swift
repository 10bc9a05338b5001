import Columns

@testable import Segments

/// A segment and an inspector of it.
func inspector(_ rows: [ReferenceRow], options: SegmentWriterOptions) throws -> SegmentInspector {
    try SegmentInspector(try SegmentReader(MemorySource(try segment(rows, options: options))))
}

/// Two rows of three columns.
let tinyRows = [
    ReferenceRow(
        values: [
            key("a", type: .int64): .word(7),
            key("b", "c", type: .string): .text(Array("x".utf8)),
        ], storedAt: 1_700_000_000_000_000_000, sequence: 1),
    ReferenceRow(
        values: [
            key("a", type: .int64): .word(5),
            key("b", "c", type: .string): .text(Array("yz".utf8)),
            key("n", type: .null): .presence,
        ], storedAt: 1_700_000_000_000_000_000, sequence: 2),
]

/// Options that make the pages of a few thousand rows several.
func smallBands(_ tier: EncodingProfile.Tier) -> SegmentWriterOptions {
    var options = SegmentWriterOptions(tier: tier)
    options.zoneCountPerBand = 1
    options.zoneCountPerPage = 1
    return options
}
