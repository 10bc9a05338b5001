import Files
import Testing

@testable import Ingest

/// Dumps of others, which are not part of this repository.
enum Corpus {
    /// Beside the repository, or beside a folder that it is in.
    static let directory: String? = {
        let folders = #filePath.split(separator: "/").dropLast(5)
        return (0...1).map { folders.dropLast($0).reduce("") { $0 + "/" + $1 } + "/shared/data" }
            .first { (try? LocalFileSystem().list($0)) != nil }
    }()

    static func path(_ name: String) throws -> String { try #require(directory) + "/" + name }

    /// Calls `body` with each file of an archive, as `tar` writes them.
    static func forEachFile(_ name: String, _ body: (_ path: String, _ bytes: [UInt8]) throws -> Void) throws {
        let stream = Compression.undone(try LocalFileSystem().stream(try path(name)))
        while true {
            let header = try stream.read(upTo: 512)
            guard header.count == 512, header[0] != 0 else { return }
            func text(_ range: Range<Int>) -> String {
                String(decoding: header[range].prefix { $0 != 0 }, as: UTF8.self)
            }
            let byteCount = Int(text(124..<135).filter { $0 != " " }, radix: 8) ?? 0
            let bytes = try stream.read(upTo: byteCount)
            _ = try stream.read(upTo: (512 - byteCount % 512) % 512)
            if header[156] == UInt8(ascii: "0"), byteCount > 0 { try body(text(0..<100), bytes) }
        }
    }
}

@Suite(
    "Dumps of others: the format is found and nearly all records are events",
    .enabled(if: Corpus.directory != nil, "the dumps of ../shared/data are not there"))
struct CorpusTests {
    private static let logFormats: [(name: String, format: InputFormat)] = [
        ("Linux_2k.log", .syslog), ("Mac_2k.log", .syslog), ("OpenSSH_2k.log", .syslog), ("_2k.log", .text),
        ("apache_logs", .access), ("nginxplus_json_logs", .ndjson), ("pipeline.json", .json),
        (".json.gz", .ndjson), (".csv", .csv), ("logs.json", .otlp), ("trace.json", .otlp), ("metrics.json", .otlp),
    ]

    private func check(_ path: String, _ bytes: [UInt8], _ expected: InputFormat) throws {
        let input = try EventInput(CutStream(bytes, chunks: 1 << 16...1 << 16), time: .sample)
        #expect(input.format == expected, "\(path)")
        let outcomes = try Transcription(input.source).outcomes
        let faults = outcomes.filter { $0.hasPrefix("line ") }
        #expect(outcomes.count > 0 && faults.count * 100 <= outcomes.count, "\(path): \(faults.prefix(3))")
        if path.hasSuffix("_2k.log") {
            // Lines without a time belong to the one before.
            #expect(outcomes.count > 1900 && outcomes.count <= 2000, "\(path): \(outcomes.count)")
        }
    }

    @Test(
        "archives of events",
        arguments: [
            "loghub.tar.zst", "elastic-logs.tar.zst", "cloudtrail-invictus.tar.zst", "zeek-wrccdc.tar.zst",
            "ett.tar.zst",
        ])
    func archives(name: String) throws {
        try Corpus.forEachFile(name) { path, bytes in
            let rule = Self.logFormats.first { path.hasSuffix($0.name) }
            if name.hasPrefix("cloudtrail") {
                if path.hasSuffix(".json") { try check(path, bytes, .cloudtrail) }
            } else if let rule {
                try check(path, bytes, rule.format)
            }
        }
    }

    @Test(
        "archives of tables: the format is found",
        arguments: ["nezha-tt.tar.zst", "petshop.tar.zst", "nab.tar.zst"])
    func tables(name: String) throws {
        var seenCount = 0
        try Corpus.forEachFile(name) { path, bytes in
            guard path.hasSuffix(".csv"), !path.hasSuffix("_traceid.csv"), seenCount < 60 else { return }
            seenCount += 1
            #expect(InputFormat.detect(Array(bytes.prefix(EventInput.detectionByteCount))) == .csv, "\(path)")
        }
        #expect(seenCount > 0)
    }

    @Test("examples of OTLP")
    func otlp() throws {
        for name in ["logs", "trace", "metrics"] {
            let path = try Corpus.path("otlp-examples/\(name).json")
            try check(path, LocalFileSystem().readAll(path), .otlp)
        }
    }
}
