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

/// Annotated hexadecimal, read back.
enum HexText {
    /// The bytes that a dump shows, by their offsets, nil where it shows none; decompressed ones left out.
    static func bytes(of dump: String) -> [UInt8?] {
        var bytes: [UInt8?] = []
        for line in dump.split(separator: "\n") where line.first?.isNumber == true {
            guard let colon = line.firstIndex(of: ":"), var offset = Int(line[..<colon]) else { continue }
            for digits in line[line.index(after: colon)...].prefix(48).split(separator: " ") {
                guard let byte = UInt8(digits, radix: 16) else { break }
                while bytes.count <= offset { bytes.append(nil) }
                bytes[offset] = byte
                offset += 1
            }
        }
        return bytes
    }
}
