internal import Bytes

/// Many arcs that lie close together, as a bit for each integer from the first to the last.
struct BitTable {
    private let bits: Bitmap
    private let base: UInt64

    /// Integers beyond so many are not worth a bit each.
    private static let limit: UInt64 = 1 << 20

    /// Takes arcs in ascending order; nil when they lie too far apart.
    init?(_ arcs: [IntegerArc]) {
        guard let first = arcs.first, let last = arcs.last, last.span < Self.limit,
            last.start &- first.start < Self.limit
        else { return nil }
        base = first.start
        var bits = Bitmap(count: Int(last.start - base + last.span) + 1)
        for arc in arcs { bits.insert(Int(arc.start - base)..<Int(arc.start - base + arc.span) + 1) }
        self.bits = bits
    }

    func matches(_ values: [UInt64]) -> Bitmap {
        let (table, count) = (bits.words, UInt64(bits.count))
        var words = [UInt64](repeating: 0, count: (values.count + 63) / 64)
        for (index, value) in values.enumerated() {
            let place = value &- base
            guard place < count else { continue }
            let bit = table[Int(truncatingIfNeeded: place &>> 6)] &>> (place & 63) & 1
            words[index &>> 6] |= bit &<< UInt64(truncatingIfNeeded: index & 63)
        }
        return Bitmap(count: values.count, words: words)
    }
}
