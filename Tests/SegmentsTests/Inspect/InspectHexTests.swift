import Bytes
import Columns
import Files
import Testing

@testable import Segments

@Suite struct InspectHexTests {
    @Test("every byte of a small file is shown where it stands", arguments: [1, 2, 3])
    func everyByte(tierNumber: UInt8) throws {
        let tier = try #require(EncodingProfile.Tier(rawValue: tierNumber))
        var generator = RowGenerator(seed: 21)
        for rows in [
            [], tinyRows, generator.rows(200), generator.serviceRows(300), generator.wildRows(200, keyCount: 90),
        ] {
            let file = try segment(rows, options: SegmentWriterOptions(tier: tier))
            #expect(file.count <= SegmentInspector.wholeFileByteCount)
            let dump = try SegmentInspector(try SegmentReader(MemorySource(file))).hex()
            #expect(HexText.bytes(of: dump) == file)
            #expect(!dump.contains("nothing points at these bytes") && !dump.contains("bytes more"))
        }
    }

    @Test("every byte of the golden segments is shown, whatever nodes they are made from")
    func goldenSegments() throws {
        let folder = String(#filePath.split(separator: "/").dropLast(4).joined(separator: "/"))
        let fileSystem = LocalFileSystem()
        let golden = "/\(folder)/Format/golden/good"
        let names = try fileSystem.list(golden).filter { $0.hasSuffix(".seg") }
        #expect(names.count >= 47)
        for name in names {
            let source = FileSource(try fileSystem.open("\(golden)/\(name)"))
            let file = try source.read(at: 0, byteCount: source.byteCount)
            let inspector = try SegmentInspector(try SegmentReader(source))
            let report = try inspector.report()
            #expect(report.parts.total == file.count && report.parts[.unaccounted] == 0, "\(name)")
            guard file.count <= SegmentInspector.wholeFileByteCount else { continue }
            let dump = try inspector.hex()
            #expect(HexText.bytes(of: dump) == file, "\(name)")
            #expect(!dump.contains("nothing points at these bytes"), "\(name)")
        }
    }

    @Test("bytes that nothing points at are shown as such")
    func unaccounted() throws {
        let file = try segment(tinyRows, options: SegmentWriterOptions(tier: .hot))
        // Between header and pages: every offset grows, so the trailer and the root would have to change; behind the
        // pages of a rewritten tail they do not.
        let trailer = try Trailer(parsing: file.suffix(64), fileByteCount: UInt64(file.count))
        let rootStart = Int(trailer.root.offset)
        let moved = Trailer(
            root: BlobReference(
                offset: trailer.root.offset + 5, length: trailer.root.length, checksum: trailer.root.checksum),
            fileByteCount: trailer.fileByteCount + 5)
        let longer = file[..<rootStart] + [1, 2, 3, 4, 5] + file[rootStart..<file.count - 64] + moved.encoded()
        let inspector = try SegmentInspector(try SegmentReader(MemorySource(Array(longer))))
        #expect(try inspector.report().parts[.unaccounted] == 5)
        let dump = try inspector.hex()
        #expect(dump.contains("01 02 03 04 05                                  ; nothing points at these bytes\n"))
        #expect(HexText.bytes(of: dump) == Array(longer))
    }

    @Test("of a long file the structure is shown, and of one column its pages")
    func longFile() throws {
        var generator = RowGenerator(seed: 22)
        let inspector = try inspector(generator.serviceRows(8700), options: smallBands(.hot))
        #expect(inspector.reader.fileByteCount > SegmentInspector.wholeFileByteCount)
        let structure = try inspector.hex()
        #expect(structure.utf8.count < 200_000)
        #expect(structure.contains("; root\n") && structure.contains("bytes: not shown\n"))
        #expect(!structure.contains("; eventId: page 0"))
        let column = try inspector.hex(
            columns: inspector.ordinals(at: [ColumnPath(keys: ["eventId"])]))
        #expect(column.contains("; eventId: page 0, 8192 values, presence everyRow, zones 0..<1\n"))
        #expect(column.contains("; eventId: page 1, "))
        #expect(!column.contains("; spanId: page 0"))
    }
}
