import Bytes
import Columns
import Ingest

@testable import Segments

extension Driver {
    /// Lines out of any bytes: what is taken as an event comes back from a segment, what is refused is no event.
    static let events = Driver(
        name: "events", summary: "JSON lines of any bytes, through a segment and back, against plain code"
    ) { input in
        let choice = input.byte()
        let tier = EncodingProfile.Tier.allCases[Int(choice) % 3]
        let bytes = Array(input.rest)
        let output = MemoryOutput()
        let writer = try SegmentWriter(output, options: SegmentWriterOptions(tier: tier))
        let stream = FuzzStream(bytes, chunkByteCount: choice < 128 ? .max : 1 + Int(choice % 16))
        let reader = try EventReader(stream, into: writer.band)
        var sequence: UInt64 = 0
        var refusedLines: Set<Int> = []
        while true {
            do {
                guard try reader.appendNext(storedAt: 1_700_000_000, sequence: sequence) else { break }
                sequence += 1
                try writer.rowEnded()
            } catch IngestError.line(let error) {
                refusedLines.insert(error.lineNumber)
            }
        }
        let summary = try writer.finish()
        require(summary.rowCount == Int(sequence), "rows were lost")
        let shown: [[UInt8]]
        do {
            let segment = try SegmentReader(MemorySource(output.bytes))
            shown = try segment.lines()
            var verifier = try SegmentVerifier(segment)
            _ = try verifier.verify()
        } catch {
            fatalError("a segment that was written cannot be read: \(error)")
        }
        let expected = Self.expectedLines(bytes, refused: refusedLines)
        require(shown.count == expected.count, "\(shown.count) rows, \(expected.count) events")
        for (line, wanted) in zip(shown, expected) where line != wanted {
            fatalError(
                "\(String(decoding: wanted, as: UTF8.self)) came back as \(String(decoding: line, as: UTF8.self))")
        }
    }

    /// The events as plain code reads and shows them; stops when it would take a refused line, or refuse one taken.
    private static func expectedLines(_ bytes: [UInt8], refused: Set<Int>) -> [[UInt8]] {
        let bom: [UInt8] = [0xEF, 0xBB, 0xBF]
        let text = bytes.starts(with: bom) ? bytes[3...] : bytes[...]
        var expected: [[UInt8]] = []
        for (index, line) in text.split(separator: 0x0A, omittingEmptySubsequences: false).enumerated() {
            var event: [UInt8]?
            var isRefused = false
            do {
                if case .object(let members)? = try ReferenceJSON.parse(Array(line)) {
                    event = ReferenceJSON.object(members).event
                } else {
                    isRefused = try ReferenceJSON.parse(Array(line)) != nil
                }
            } catch {
                isRefused = true
            }
            require(isRefused == refused.contains(index + 1), "line \(index + 1): refused is not \(isRefused)")
            if let event { expected.append(event) }
        }
        return expected
    }
}

extension SegmentReader {
    /// All rows as lines of JSON, without their line feeds.
    func lines() throws -> [[UInt8]] {
        var text: [UInt8] = []
        for range in try batchRanges() {
            var renderer = EventRenderer(try rows(in: range))
            while try renderer.renderNext() { renderer.lines.withUnsafeBytes { text += $0 } }
        }
        return text.split(separator: 0x0A, omittingEmptySubsequences: false).dropLast().map { Array($0) }
    }
}
