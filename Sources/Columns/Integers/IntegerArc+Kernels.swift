internal import Bytes
private import CKernels

extension IntegerArc {
    /// How many arcs a kernel takes at once.
    static let countAtOnce = Int(traversion_arc_limit)

    /// Runs a kernel for as many arcs at once as it takes.
    static func joiningMatches(
        of arcs: [IntegerArc], count: Int, kernel: (_ starts: [UInt64], _ spans: [UInt64], inout [UInt64]) -> Void
    ) -> Bitmap {
        var matches: Bitmap?
        for first in stride(from: 0, to: arcs.count, by: countAtOnce) {
            let some = arcs[first..<min(first + countAtOnce, arcs.count)]
            var words = [UInt64](repeating: 0, count: (count + 63) / 64)
            kernel(some.map(\.start), some.map(\.span), &words)
            let found = Bitmap(count: count, words: words)
            if matches?.formUnion(found) == nil { matches = found }
        }
        return matches ?? Bitmap(count: count)
    }

    /// Whether one of the arcs, which are ascending by their start, has the value.
    static func contains(_ value: UInt64, in arcs: [IntegerArc]) -> Bool {
        var low = 0
        var high = arcs.count
        while low < high {
            let middle = (low + high) / 2
            if arcs[middle].start <= value { low = middle + 1 } else { high = middle }
        }
        // The last arc may lead over the end to the lowest values.
        return arcs[low > 0 ? low - 1 : arcs.count - 1].contains(value)
    }

    /// Arcs over quotients q for the values q * divisor + remainder that are in one of `arcs`.
    ///
    /// The quotients are base ... base + 2^width - 1; nil when such values may go over the ends of signed integers.
    static func quotients(
        of arcs: [IntegerArc], divisor: UInt64, remainder: UInt64, base: UInt64, width: Int
    ) -> [IntegerArc]? {
        let lowest = Int64(bitPattern: base)
        guard width < 63, let divisor = Int64(exactly: divisor) else { return nil }
        let (highest, isOver) = lowest.addingReportingOverflow(1 << Int64(width) - 1)
        let offset = Int64(bitPattern: remainder)
        guard !isOver, let first = value(lowest, divisor, offset), let last = value(highest, divisor, offset) else {
            return nil
        }
        var found: [IntegerArc] = []
        for arc in arcs {
            let start = Int64(bitPattern: arc.start)
            let end = Int64(bitPattern: arc.start &+ arc.span)
            // An arc over the end of the signed integers is two ranges.
            let ranges = start <= end ? [(start, end)] : [(start, Int64.max), (Int64.min, end)]
            for (low, high) in ranges where low <= last && high >= first {
                // Counted from the lowest quotient.
                let from = low <= first ? 0 : (distance(first, low) - 1) / UInt64(divisor) + 1
                let to = distance(first, min(high, last)) / UInt64(divisor)
                if from <= to { found.append(IntegerArc(start: base &+ from, span: to - from)) }
            }
        }
        return found.sorted { $0.start < $1.start }
    }

    private static func value(_ quotient: Int64, _ divisor: Int64, _ offset: Int64) -> Int64? {
        let (product, isOver) = quotient.multipliedReportingOverflow(by: divisor)
        let (sum, isSumOver) = product.addingReportingOverflow(offset)
        return isOver || isSumOver ? nil : sum
    }

    private static func distance(_ low: Int64, _ high: Int64) -> UInt64 { UInt64(bitPattern: high &- low) }
}
