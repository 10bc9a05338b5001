public import Bytes
private import CKernels

/// Rows as bits, and values as what stands in some of the rows.
extension Bitmap {
    /// Bits 0, 1, 2 … at the places where `rows` has a 1; as many as those are.
    public func spread(over rows: Bitmap) -> Bitmap {
        precondition(count == rows.setCount, "other values than rows for them")
        if count == rows.count { return self }
        if isEmpty { return Bitmap(count: rows.count) }
        let words = unsafe [UInt64](unsafeUninitializedCapacity: rows.words.count) { words, wordCount in
            wordCount = rows.words.count
            unsafe traversion_spread_bits(self.words, rows.words, wordCount, words.baseAddress!)
        }
        return Bitmap(count: rows.count, words: words)
    }

    /// The places of the bits that are 1, ascending.
    public var positions: [UInt32] {
        let setCount = setCount
        return unsafe [UInt32](unsafeUninitializedCapacity: setCount) { positions, count in
            guard let start = positions.baseAddress else { return }
            count = unsafe traversion_bit_positions(words, words.count, start)
        }
    }

    /// For each row of these that is also `wanted`, ascending: its place among these, and its rank among the rows that
    /// are `present`, all of which are wanted or hidden.
    public func ranks(of wanted: Bitmap, among present: Bitmap) -> (places: [UInt32], ranks: [UInt32]) {
        precondition(count == wanted.count && count == present.count, "bitmaps of different lengths")
        let capacity = Swift.min(setCount, wanted.setCount)
        var places: [UInt32] = []
        let ranks = unsafe [UInt32](unsafeUninitializedCapacity: capacity) { ranks, rankCount in
            places = unsafe [UInt32](unsafeUninitializedCapacity: capacity) { places, placeCount in
                guard let start = ranks.baseAddress, let placeStart = places.baseAddress else { return }
                rankCount = unsafe traversion_rank_bits(
                    words, wanted.words, present.words, words.count, placeStart, start)
                placeCount = rankCount
            }
        }
        return (places, ranks)
    }

    /// For each row of these, ascending, its rank among the rows that are `present`, as all of these are.
    public func ranks(among present: Bitmap) -> [UInt32] {
        precondition(count == present.count, "bitmaps of different lengths")
        let setCount = setCount
        return unsafe [UInt32](unsafeUninitializedCapacity: setCount) { ranks, rankCount in
            guard let start = ranks.baseAddress else { return }
            rankCount = unsafe traversion_rank_bits(words, present.words, present.words, words.count, nil, start)
        }
    }

    /// Whether all of these rows are among others.
    public func isSubset(of others: Bitmap) -> Bool {
        precondition(count == others.count, "bitmaps of different lengths")
        var missing: UInt64 = 0
        for index in words.indices { missing |= words[index] & ~others.words[index] }
        return missing == 0
    }
}
