import Bytes
import Columns

@testable import Segments

extension Driver {
    /// The small structures that say where everything is, out of any bytes.
    static let layout = Driver(
        name: "layout", summary: "trailer, root, zone table, directory, metadata, statistics, pages, paths of any bytes"
    ) { input in
        let choice = input.byte()
        let parameter = Int(input.byte())
        let zones = (0..<parameter % 7).map { Zone(firstRow: $0 * 100, rowCount: 100) }
        let bytes = input.rest
        var reader = ByteReader(bytes)
        switch choice % 9 {
        case 0:
            // The checksum of a trailer would stop everything behind it.
            var trailer = Array(bytes.prefix(Trailer.byteCount))
            guard trailer.count == Trailer.byteCount else { return }
            trailer.replaceSubrange(48..., with: Self.littleEndian(checksum(trailer[..<48])) + Trailer.magic)
            let fileByteCount = parameter % 2 == 0 ? Self.number(trailer[24..<32]) : UInt64(parameter)
            // Shorter files have no trailer.
            guard (80...UInt64(Int.max)).contains(fileByteCount) else { return }
            let parsed = try Trailer(parsing: trailer[...], fileByteCount: fileByteCount)
            require(parsed.encoded() == trailer, "a trailer is written otherwise than it was read")
        case 1:
            let root = try Root(parsing: bytes, at: 0)
            require(root.encoded()[...] == bytes, "a root is written otherwise than it was read")
        case 2:
            let count = bytes.count / Zone.byteCount
            let rowCount = (0..<count).reduce(0) { $0 + Int(bytes[bytes.startIndex + $1 * Zone.byteCount + 4]) }
            let table = try Zone.parseTable(bytes, zoneCount: count, rowCount: rowCount, at: 0)
            var writer = ByteWriter()
            for zone in table { zone.write(to: &writer) }
            require(writer.bytes[...] == bytes, "a zone table is written otherwise than it was read")
        case 3:
            let metadata = try ColumnMetadata(parsing: bytes, type: .string, zones: zones, at: 0)
            let isEmpty = metadata.pages.isEmpty && metadata.statistics.isEmpty
            require(isEmpty || metadata.encoded()[...] == bytes, "metadata are written otherwise than read")
        case 4:
            let type = ColumnType.allCases[parameter / 7 % ColumnType.allCases.count]
            _ = try ColumnStatistics(parsing: &reader, type: type, zoneTable: zones)
        case 5:
            let block = try DirectoryBlock(bytes, entryCount: parameter % 52, at: 0)
            for index in 0..<block.entryCount {
                let entry = try block.entry(index, columnCount: parameter)
                var writer = ByteWriter()
                entry.write(to: &writer)
                let start = bytes.startIndex + index * ColumnEntry.byteCount
                require(
                    writer.bytes[...] == bytes[start..<start + 64], "an entry is written otherwise than it was read")
                if entry.isInline { _ = try block.inlineMetadata(of: entry) }
            }
        case 6:
            let path = try ColumnPath(decoding: bytes)
            require(ColumnPath(keys: path.keys) == path, "a path of the same keys is another")
            require(path.keys.isEmpty || ColumnPath.list(path.description) == [path], "a path's text leads elsewhere")
        case 7:
            let type = ColumnType.allCases[parameter % ColumnType.allCases.count]
            let entry = PageEntry(
                place: .inline(bytes, at: 0), valueCount: Int(input.byte()), firstZone: 0, zoneCount: 1, kind: .data,
                presence: PageEntry.Presence(rawValue: input.byte() % 3) ?? .own, rawByteCount: 0)
            reader = ByteReader(input.rest)
            _ = try ParsedPage(parsing: &reader, entry: entry, type: type)
        default:
            let table = try ShapeTable(parsing: &reader, columnCount: parameter, in: NoEnvironment())
            for shape in 0..<table.count {
                require(zip(table[shape], table[shape].dropFirst()).allSatisfy { $0 < $1 }, "a shape is not ascending")
                require(table[shape].allSatisfy { $0 < parameter }, "a shape names a column that is not there")
            }
        }
    }

    private static func littleEndian(_ number: UInt64) -> [UInt8] {
        (0..<8).map { UInt8(truncatingIfNeeded: number >> (8 * $0)) }
    }

    private static func number(_ bytes: ArraySlice<UInt8>) -> UInt64 {
        bytes.reversed().reduce(0) { $0 << 8 | UInt64($1) }
    }
}
