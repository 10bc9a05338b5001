import Bytes
import Testing

@testable import Columns

@Suite("Where runs begin")
struct RunStartsTests {
    @Test("the values of some runs are those of the lengths one after another")
    func agree() throws {
        var random = SplitMix64(seed: 5)
        for runCount in [1, 2, 64, 300] {
            let lengths = (0..<runCount).map { _ in
                [1, 1, 1, 2, 63, 64, 65, 200].randomElement(using: &random) ?? 1
            }
            let runs = lengths.enumerated().flatMap { [Int](repeating: $0.offset, count: $0.element) }
            let starts = try RunStarts(lengths: lengths.map { UInt64($0) }, count: runs.count)
            for part in [1, 2, 7] {
                var chosen = Bitmap(count: runCount)
                for run in 0..<runCount where random.next() % UInt64(part) == 0 { chosen[run] = true }
                let found = starts.values(of: chosen)
                #expect(runs.indices.allSatisfy { found[$0] == chosen[runs[$0]] })
                #expect(found.setCount == runs.count { chosen[$0] })
            }
        }
    }

    @Test("lengths that do not add up to the values are damage", arguments: [[], [3], [5], [2, 0, 2], [.max, 5]])
    func damage(lengths: [UInt64]) {
        #expect(throws: DecodeError.self) { try RunStarts(lengths: lengths, count: 4) }
    }
}
