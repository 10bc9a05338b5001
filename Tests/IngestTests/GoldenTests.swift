import Bytes
import Columns
import Files
import Glibc
import Testing

@testable import Ingest
@testable import Segments

/// The golden files under Format/golden: whoever changes the format or the writer sees it here first.
///
/// `TRAVERSION_WRITE_GOLDEN=1 swift test --filter GoldenTests` writes them anew.
@Suite struct GoldenTests {
    static let folder: String = {
        let parts = #filePath.split(separator: "/").dropLast(3)
        return "/" + parts.joined(separator: "/") + "/Format/golden"
    }()
    static let isWriting = getenv("TRAVERSION_WRITE_GOLDEN") != nil
    static let all =
        GoldenSegment.integerNodes + GoldenSegment.doubleNodes + GoldenSegment.stringNodes + GoldenSegment.wholeSegments

    @Test("a golden segment is made byte for byte, and read to the rows beside it", arguments: all)
    func good(golden: GoldenSegment) throws {
        let bytes = try golden.make()
        let rows = try Self.render(bytes)
        let path = Self.folder + "/good/" + golden.name
        if Self.isWriting {
            try Self.write(bytes, to: path + ".seg")
            try Self.write(rows, to: path + ".ndjson")
        }
        #expect(try LocalFileSystem().readAll(path + ".seg") == bytes)
        #expect(try LocalFileSystem().readAll(path + ".ndjson") == rows)
    }

    @Test("a damaged golden segment gets the verdict beside it", arguments: CorruptSegment.all)
    func corrupt(damaged: CorruptSegment) throws {
        let bytes = try damaged.make()
        let path = Self.folder + "/corrupt/" + damaged.name
        if Self.isWriting {
            try Self.write(bytes, to: path + ".seg")
            try Self.write(Array((damaged.verdict + "\n").utf8), to: path + ".verdict")
        }
        #expect(try LocalFileSystem().readAll(path + ".seg") == bytes)
        #expect(Self.verdict(bytes) == damaged.verdict)
    }

    static func verdict(_ bytes: [UInt8]) -> String {
        do {
            _ = try render(bytes)
            return "ok"
        } catch SegmentError.damaged(let damage) {
            return damage.kind == .unsupported ? "unsupported" : "corrupt"
        } catch {
            return "\(error)"
        }
    }

    /// Reads everything: rows, statistics and filters.
    static func render(_ bytes: [UInt8]) throws -> [UInt8] {
        let reader = try SegmentReader(MemorySource(bytes))
        var lines: [UInt8] = []
        for range in try reader.batchRanges() {
            let batch = try reader.rows(in: range)
            var renderer = EventRenderer(batch)
            do {
                while try renderer.renderNext() {
                    renderer.lines.withUnsafeBytes { lines.append(contentsOf: $0) }
                }
            } catch {
                throw SegmentError.damaged(error)
            }
        }
        for column in try reader.allColumns() { _ = try column.statistics() }
        for kind in IdFilterKind.allCases { _ = try reader.idFilter(kind) }
        return lines
    }

    private static func write(_ bytes: [UInt8], to path: String) throws {
        let files = LocalFileSystem()
        try? files.remove(path)
        let file = try files.create(path)
        try file.append(bytes.span.bytes)
        try file.sync()
    }
}
