internal import Bytes

/// Where the runs of a page's values begin: which values some runs have is told without going through the lengths again.
public final class RunStarts: Sendable {
    /// 1 for each value that is the first of its run.
    private let starts: Bitmap

    /// - Parameter count: how many values there must be.
    init(lengths: [UInt64], count: Int) throws(DecodeError) {
        var words = [UInt64](repeating: 0, count: (count + 63) / 64)
        var bits = words.mutableSpan
        var start: UInt64 = 0
        for length in lengths {
            guard length > 0, length <= UInt64(count) &- start else {
                throw .corrupt(at: 0, "lengths of runs do not add up to \(count) values")
            }
            bits[Int(start >> 6)] |= 1 << (start & 63)
            start += length
        }
        guard start == UInt64(count) else { throw .corrupt(at: 0, "runs are too short") }
        starts = Bitmap(count: count, words: words)
    }

    public var byteCount: Int { starts.words.count * 8 + 64 }

    /// The values of some runs.
    func values(of runs: Bitmap) -> Bitmap {
        let first = runs.spread(over: starts)
        if runs.count == starts.count { return first }
        var words = first.words
        var filled = words.mutableSpan
        let starts = starts.words
        // Whatever follows the first value of a run stands in bits that are 1 in `rest`: one that is added to the lowest
        // of these turns all of them over, and stops at the next run's first.
        var (isLastFirst, carry): (UInt64, UInt64) = (0, 0)
        for index in filled.indices {
            let (first, rest) = (filled[index], ~starts[index])
            let (sum, isOver) = rest.addingReportingOverflow((first << 1 | isLastFirst) & rest)
            let (total, isOverAgain) = sum.addingReportingOverflow(carry)
            filled[index] = first | rest & ~total
            (isLastFirst, carry) = (first >> 63, isOver || isOverAgain ? 1 : 0)
        }
        return Bitmap(count: first.count, words: words)
    }
}

extension IntegerNode {
    /// Where runs of some lengths begin, which is found out once for a page as long as that is kept.
    static func runStarts(
        lengths: IntegerNode, runCount: Int, count: Int, in environment: any PageEnvironment
    ) throws(DecodeError) -> RunStarts {
        func find() throws(DecodeError) -> RunStarts {
            try RunStarts(
                lengths: lengths.decode(count: runCount, rows: .unknown, in: environment), count: count)
        }
        guard let place = lengths.byteOffset else { return try find() }
        return try environment.runStarts(at: place, find)
    }

    /// Where in the page the first bytes of a leaf's values stand, which tell the node from every other; nil when it has
    /// none.
    private var byteOffset: Int? {
        switch self {
        case .packed(_, _, let bits): bits.stored.isEmpty ? nil : bits.stored.startIndex
        case .patched(_, let positions, let values, let child):
            positions.byteOffset ?? values.byteOffset ?? child.byteOffset
        case .split(_, let quotients, let remainders): quotients.byteOffset ?? remainders.byteOffset
        default: nil
        }
    }
}
