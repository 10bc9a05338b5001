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
    static let isWriting = getenv("TRAVERSION_WRITE_GOLDEN") != nil
    static let all =
        GoldenSegment.integerNodes + GoldenSegment.doubleNodes + GoldenSegment.stringNodes
        + GoldenSegment.handmadeColumns + GoldenSegment.wholeSegments

    @Test("a golden segment is made again, and read to the rows beside it", arguments: all)
    func good(golden: GoldenSegment) throws {
        let made = try golden.make()
        let path = "good/" + golden.name
        if Self.isWriting {
            try GoldenFolder.write(made, to: path + ".seg")
            try GoldenFolder.write(Self.render(made), to: path + ".ndjson")
            try GoldenFolder.write(Array(GoldenHex.text(of: made).utf8), to: path + ".hex.txt")
        }
        let stored = try GoldenFolder.read(path + ".seg")
        let rows = try GoldenFolder.read(path + ".ndjson")
        #expect(try Self.render(stored) == rows)
        if try GoldenFolder.isOfTheseLibraries {
            #expect(made == stored)
        } else {
            // Other versions of the libraries may compress to other bytes, but never to other rows.
            #expect(try Self.render(made) == rows)
            let contents = try [made, stored].map { try ContentChecksum.of(SegmentReader(MemorySource($0))) }
            #expect(contents[0] == contents[1])
        }
    }

    @Test("the versions of the libraries are noted beside what they wrote", .enabled(if: isWriting))
    func libraries() throws {
        try GoldenFolder.write(Array((CompressionLibraries.versions + "\n").utf8), to: GoldenFolder.librariesFile)
    }

    @Test("the hexadecimal text beside a golden segment is that of its bytes", arguments: all)
    func hex(golden: GoldenSegment) throws {
        let stored = try GoldenFolder.read("good/\(golden.name).seg")
        let text = String(decoding: try GoldenFolder.read("good/\(golden.name).hex.txt"), as: UTF8.self)
        #expect(try GoldenHex.text(of: stored) == text)
    }

    @Test("a damaged golden segment gets the verdict beside it", arguments: CorruptSegment.all)
    func corrupt(damaged: CorruptSegment) throws {
        let made = try damaged.make()
        let path = "corrupt/" + damaged.name
        if Self.isWriting {
            try GoldenFolder.write(made, to: path + ".seg")
            try GoldenFolder.write(Array((damaged.verdict + "\n").utf8), to: path + ".verdict")
        }
        let stored = try GoldenFolder.read(path + ".seg")
        if try GoldenFolder.isOfTheseLibraries { #expect(made == stored) }
        #expect(Self.verdict(stored) == damaged.verdict)
        #expect(try GoldenFolder.read(path + ".verdict") == Array((damaged.verdict + "\n").utf8))
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
}
