import Bytes
import Columns
import Files
import Glibc
import Testing

@testable import Storage

/// The index that Format/Index.md shows byte by byte.
struct GoldenIndexTests {
    private static let folder: String = {
        "/" + #filePath.split(separator: "/").dropLast(3).joined(separator: "/") + "/Format/"
    }()

    /// Two segments: in the first an event of a trace and a span below it, in the second two more of that trace.
    private static func write() throws -> (IndexEntry, [UInt8]) {
        let files = MemoryFileSystem()
        let keys = IndexKeys(0...1, scratchPath: "scratch", in: files, .standard)
        let second: UInt32 = 1_000_000_000 >> 20
        for (number, segment) in [0, 0, 1, 1].enumerated() {
            let tick = UInt32(number) * second
            let event = IdKey("00000000000000e\(number)").hash
            try keys.add(.eventIds, IndexKey(hash: event, segment: segment, tick: tick))
            if number == 0 { continue }
            let trace = IdKey("4bf92f3577b34da6a3ce929d0e0e4736").hash
            try keys.add(.traceIds, IndexKey(hash: trace, segment: segment, tick: tick))
        }
        try keys.add(.traceIds, IndexKey(hash: IdKey("req-17").hash, segment: 0, tick: 0))
        try keys.add(.spanIds, IndexKey(hash: IdKey("00f067aa0ba902b7").hash, segment: 0, tick: second))
        let entry = IndexEntry(
            id: IndexId(writer: 3, number: 1), window: TimeWindow(index: 20_000), rowCount: 4,
            segments: [SegmentId(writer: 1, number: 1), SegmentId(writer: 2, number: 1)], events: .none, traces: .none,
            spans: .none, identity: 0)
        var writer = IndexWriter(
            entry, storeId: 7, rootChecksums: [0x1111_1111_1111_1111, 0x2222_2222_2222_2222],
            spool: ScratchFile("spool", in: files, memoryByteCount: 1 << 20))
        let file = try PendingFile("index", in: files)
        let written = try #require(try writer.write(keys, to: file))
        try file.publish()
        return (written, try files.readAll("index"))
    }

    @Test func `the index of the worked example has the bytes of the golden file and of the specification`() throws {
        let (entry, bytes) = try Self.write()
        let path = Self.folder + "golden/index/example.trvidx"
        if getenv("TRAVERSION_WRITE_GOLDEN") != nil {
            let file = try PendingFile(path, in: LocalFileSystem())
            try file.append(bytes)
            try file.publish()
        }
        let golden = try LocalFileSystem().readAll(path)
        #expect(bytes == golden)
        let text = String(
            decoding: try LocalFileSystem().readAll(Self.folder + "Index.md"), as: UTF8.self)
        let example = text.split(separator: "```hex index\n")[1].split(separator: "```")[0]
        let shown = example.split(separator: "\n").flatMap { line in
            line.drop { $0 != ":" }.dropFirst().prefix { $0 != ";" }.split(separator: " ")
                .compactMap { UInt8($0, radix: 16) }
        }
        #expect(shown == golden)
        #expect(entry.byteCount == golden.count)
    }

    @Test func `the golden index answers`() throws {
        let (entry, _) = try Self.write()
        let golden = try LocalFileSystem().readAll(Self.folder + "golden/index/example.trvidx")
        let reader = try IndexReader(entry, MemoryFile(golden))
        try reader.checkHeader(7, rootChecksums: [0x1111_1111_1111_1111, 0x2222_2222_2222_2222])
        #expect(try reader.find(IdKey("00000000000000E2").hash, .eventIds)?.segments == 1...1)
        #expect(
            try reader.find(IdKey("4bf92f35-77b3-4da6-a3ce-929d0e0e4736").hash, .traceIds)
                == IndexAnswer(segments: 0...1, ticks: 953...2859))
        #expect(try reader.find(IdKey("req-17").hash, .traceIds) == IndexAnswer(segments: 0...0, ticks: 0...0))
        #expect(try reader.find(IdKey("req-18").hash, .traceIds) == nil)
        #expect(try reader.find(IdKey("00f067aa0ba902b7").hash, .spanIds)?.segments == 0...0)
    }
}
