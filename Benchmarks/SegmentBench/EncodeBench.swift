import Columns
import Files
import Glibc
import Ingest
import Segments

/// `segment-bench encode FILE.ndjson`: how fast whole bands are encoded, choice of encodings included, apart from the
/// time to parse and append them.
enum EncodeBench {
    /// Takes the bytes and forgets them.
    private final class NoOutput: SegmentOutput {
        func append(_ bytes: [UInt8]) {}
    }

    private struct Run {
        var summary: SegmentSummary
        var appendSeconds: Double
        var encodeSeconds: Double
    }

    static func run(_ path: String) throws {
        print("encode \(path), \(machine)")
        print("  tier  events/s  append us  encode us  MB/s of columns  bytes an event")
        for tier in [EncodingProfile.Tier.hot, .cold] {
            let runs = try (0..<3).map { _ in try encode(path, tier) }.sorted { $0.encodeSeconds < $1.encodeSeconds }
            let run = runs[runs.count / 2]
            let eventCount = Double(run.summary.rowCount)
            print(
                "  " + Table.name("\(tier)", 6)
                    + Table.cell(eventCount / (run.appendSeconds + run.encodeSeconds), 8, digits: 0)
                    + Table.cell(run.appendSeconds / eventCount * 1e6, 11)
                    + Table.cell(run.encodeSeconds / eventCount * 1e6, 11)
                    + Table.cell(Double(run.summary.rawByteCount) / run.encodeSeconds * 1e-6, 17, digits: 0)
                    + Table.cell(Double(run.summary.byteCount) / eventCount, 16))
        }
    }

    private static func encode(_ path: String, _ tier: EncodingProfile.Tier) throws -> Run {
        let writer = try SegmentWriter(NoOutput(), options: SegmentWriterOptions(tier: tier))
        let reader = try EventReader(LocalFileSystem().stream(path), into: writer.band)
        var encodeSeconds = 0.0
        var sequence: UInt64 = 0
        let start = Measurement.threadSeconds()
        while try reader.appendNext(storedAt: 0, sequence: sequence) {
            sequence += 1
            // Only the end of a zone may be that of a band.
            if writer.band.isAtZoneEnd { encodeSeconds += try Measurement.once { try writer.rowEnded() } }
        }
        var summary: SegmentSummary?
        encodeSeconds += try Measurement.once { summary = try writer.finish() }
        return Run(
            summary: summary!, appendSeconds: Measurement.threadSeconds() - start - encodeSeconds,
            encodeSeconds: encodeSeconds)
    }

    private static var machine: String {
        let lines = (try? LocalFileSystem().stream("/proc/cpuinfo").read(upTo: 1 << 12)) ?? []
        let name = String(decoding: lines, as: UTF8.self).split(separator: "\n").first { $0.hasPrefix("model name") }
        return name?.split(separator: ":").last.map { String($0.drop { $0 == " " }) } ?? "unknown machine"
    }
}
