internal import Bytes
private import CKernels

/// Bits of exceptions among those of the other values.
extension Bitmap {
    /// The bits with those at some positions replaced.
    func replacing(_ positions: [UInt64], by bits: Bitmap) throws(DecodeError) -> Bitmap {
        var words = words
        // A few exceptions among values that do not match are the common case.
        let isSound =
            isEmpty && bits.setCount * 8 < bits.count
            ? unsafe traversion_put_few_bits(&words, count, positions, positions.count, bits.words)
            : unsafe traversion_put_bits(&words, count, positions, positions.count, bits.words)
        guard isSound else {
            throw .corrupt(at: 0, "positions of exceptions are not ascending")
        }
        return Bitmap(count: count, words: words)
    }

    /// The bits laid between `others`, so that each stands at its position.
    func merged(at positions: [UInt64], into others: Bitmap) throws(DecodeError) -> Bitmap {
        let total = count + others.count
        var words = [UInt64](repeating: 0, count: (total + 63) / 64)
        guard
            unsafe traversion_merge_bits(&words, total, positions, positions.count, self.words, others.words)
        else { throw .corrupt(at: 0, "positions of exceptions are not ascending") }
        return Bitmap(count: total, words: words)
    }
}
