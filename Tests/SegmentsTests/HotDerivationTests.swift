import Columns
import Testing

@testable import Segments

/// What columns may come from in hot, where reading counts for more than bytes.
@Suite struct HotDerivationTests {
    /// The cascade of each column of the same rows, by its path.
    private func cascades(_ tier: EncodingProfile.Tier) throws -> [String: String] {
        var generator = RowGenerator(seed: 21)
        let rows = generator.serviceRows(6000)
        let report = try inspector(rows, options: SegmentWriterOptions(tier: tier)).report()
        var cascades: [String: String] = [:]
        for column in report.columns { cascades[column.path] = column.cascade?.text ?? "" }
        return cascades
    }

    @Test("in hot a service comes from its host, and no column from spans, of which there are many")
    func small() throws {
        let hot = try cascades(.hot)
        let service = try #require(hot["service"])
        #expect(service.contains("from host"))
        #expect(hot.values.allSatisfy { !$0.contains("from spanId") && !$0.contains("from parentSpanId") })
        let cold = try cascades(.cold)
        #expect(cold.values.contains { $0.contains("from spanId") })
    }

    @Test("in hot what a column comes from stands for itself, and is needed for all values alike")
    func direct() throws {
        let hot = try cascades(.hot)
        let derived = hot.filter { $0.value.contains(" from ") }
        #expect(!derived.isEmpty)
        for (path, cascade) in derived {
            let source = try #require(hot.keys.first { cascade.hasSuffix("from \($0)") }, "\(path): \(cascade)")
            #expect(!hot[source]!.contains(" from "), "\(path) from \(source), which is \(hot[source]!)")
        }
    }
}
