import Bytes
import Columns

@testable import Segments

extension Driver {
    /// A whole file out of any bytes, through everything that reads segments.
    static let segment = Driver(
        name: "segment", summary: "whole segments, changed with their checksums made right: read, verified, inspected",
        inputByteLimit: 16_384,
        run: { input in
            let bytes = Array(input.rest)
            let reader = try SegmentReader(MemorySource(bytes))
            // Each of them looks at the file for itself: one must not save another from damage.
            let lines = Result { try reader.lines() }
            for column in (try? reader.allColumns()) ?? [] { _ = try? column.statistics() }
            if let inspector = try? SegmentInspector(SegmentReader(MemorySource(bytes))) {
                if let report = try? inspector.report(name: "fuzz") { _ = (report.text(), report.json()) }
                _ = try? inspector.hex()
            }
            let fresh = try SegmentReader(MemorySource(bytes))
            var verifier = try SegmentVerifier(fresh)
            let content = try verifier.verify()
            // A sound segment can be read, and says the same when it is written again.
            guard case .success(let lines) = lines, lines.count == fresh.rowCount else {
                fatalError("a verified segment cannot be read: \(lines)")
            }
            let output = MemoryOutput()
            _ = try SegmentRewriter.rewrite(fresh, to: output, options: SegmentWriterOptions(tier: .hot))
            do {
                let again = try SegmentReader(MemorySource(output.bytes))
                require(try ContentChecksum.of(again) == content, "a rewritten segment says something else")
                require(try again.lines() == lines, "a rewritten segment reads otherwise")
            } catch {
                fatalError("a rewritten segment cannot be read: \(error)")
            }
        },
        mutate: { input, byteLimit, seed in
            var generator = SplitMix64(seed: seed)
            // Now and then the bytes as they are, checksums and all.
            guard generator.next() % 8 != 0, var parts = try? SegmentParts(input) else { return nil }
            for _ in 0...generator.next() % 3 { parts.change(&generator) }
            return parts.bytes
        })
}
