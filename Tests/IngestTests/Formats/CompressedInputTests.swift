import Bytes
import Columns
import Files
import Testing

@testable import Ingest

@Suite("Compressed inputs")
struct CompressedInputTests {
    private let lines = (0..<5000).map { "{\"a\":\($0)}" }

    private func frame(_ text: String) throws -> [UInt8] {
        try #require(ZstdFrame.compress(Array(text.utf8)[...], level: 3, byteLimit: 1 << 20))
    }

    @Test("are recognised, and read as if they were not compressed")
    func zstd() throws {
        let text = lines.joined(separator: "\n")
        let half = text.utf8.count / 2
        let input = try frame(String(text.prefix(half))) + frame(String(text.dropFirst(half)))
        for chunks in [1...1, 1...5000, 1 << 20...1 << 20] {
            let opened = try EventInput(CutStream(input, chunks: chunks), time: .sample)
            #expect(opened.format == .ndjson && opened.compression == .zstd)
            #expect(try Transcription(opened.source).outcomes == lines)
            #expect(opened.storedByteOffset == input.count)
        }
    }

    @Test("gzip is recognised")
    func gzip() throws {
        // One stored block.
        let text = Array("a,b\n1,2\n".utf8)
        let input: [UInt8] =
            [0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 3, 1, 8, 0, 0xF7, 0xFF] + text + [0x42, 0xA6, 0x05, 0x1B, 8, 0, 0, 0]
        let opened = try EventInput(CutStream(input, chunks: 1...9), time: .sample)
        #expect(opened.format == .csv && opened.compression == .gzip)
        // The checksum is wrong on purpose: the row before it is given first.
        let band = Band()
        let reader = try EventReader(opened.source, into: band)
        #expect(throws: IngestError.self) {
            while try reader.appendNext(storedAt: 0, sequence: 0) {}
        }
        #expect(band.rowCount == 1)
    }

    @Test("one that ends too early gives what it has and then names the compressed byte")
    func truncated() throws {
        let whole = try frame(lines.joined(separator: "\n"))
        let input = Array(whole.dropLast(3))
        let reader = try EventReader(EventInput(CutStream(input, chunks: 1...999), time: .sample).source, into: Band())
        var count = 0
        var failure: IngestError?
        while failure == nil {
            do {
                guard try reader.appendNext(storedAt: 0, sequence: 0) else { break }
                count += 1
            } catch {
                failure = error
            }
        }
        guard case .file(let error) = failure else {
            Issue.record("the end is not found")
            return
        }
        #expect(error.kind == .damaged)
        #expect(error.description.contains("byte \(input.count) of the compressed file"))
        #expect(count < lines.count)
    }

    @Test("go on from a place, too")
    func places() throws {
        let input = try frame(lines.joined(separator: "\n"))
        let reader = try EventReader(EventInput(CutStream(input, chunks: 1...999), time: .sample).source, into: Band())
        for _ in 0..<3000 { #expect(try reader.appendNext(storedAt: 0, sequence: 0)) }
        let position = reader.position
        let source = try EventInput(CutStream(input, chunks: 1...999), time: .sample, from: position).source
        let rest = try Transcription(source, passing: position.passedCount).outcomes
        #expect(rest == Array(lines[3000...]))
    }
}
