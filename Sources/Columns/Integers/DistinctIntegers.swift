private import CKernels

/// The distinct values of a column in order of first appearance.
struct DistinctIntegers {
    private(set) var entries: [UInt64]
    /// Empty when the values were coded, like `codes` when they were counted.
    private(set) var frequencies: [UInt32]
    private(set) var codes: [UInt32]
    private let valueCount: Int

    /// Counts how often each value comes.
    init(_ values: [UInt64]) {
        var index = Index(entryLimit: values.count)
        frequencies = [UInt32](repeating: 0, count: values.count)
        codes = []
        valueCount = values.count
        let found = unsafe traversion_count_distinct(
            values, values.count, &index.slots, index.slots.count, &index.entries, &frequencies)
        entries = Array(index.entries[..<found])
        frequencies.removeLast(values.count - found)
    }

    /// Gives each value its code; nil when there are more than `limit` distinct values.
    init?(coding values: [UInt64], limit: Int) {
        var index = Index(entryLimit: max(1, min(limit, values.count)))
        frequencies = []
        valueCount = values.count
        var found = 0
        codes = unsafe [UInt32](unsafeUninitializedCapacity: values.count) { target, initializedCount in
            found = unsafe traversion_code_distinct(
                values, values.count, &index.slots, index.slots.count, index.entries.count, &index.entries,
                target.baseAddress!)
            initializedCount = found <= index.entries.count ? values.count : 0
        }
        guard found <= index.entries.count else { return nil }
        entries = Array(index.entries[..<found])
    }

    /// Room for a hash table and what it points to.
    private struct Index {
        var slots: [UInt32]
        var entries: [UInt64]

        init(entryLimit: Int) {
            var slotCount = 16
            while slotCount < entryLimit * 2 { slotCount *= 2 }
            slots = [UInt32](repeating: 0, count: slotCount)
            entries = [UInt64](repeating: 0, count: entryLimit)
        }
    }

    var count: Int { entries.count }

    /// The most frequent value and its frequency.
    var mode: (value: UInt64, frequency: Int) {
        var best = 0
        for index in frequencies.indices where frequencies[index] > frequencies[best] { best = index }
        return (entries[best], Int(frequencies[best]))
    }

    /// How many distinct values a column has of which this is a sample (Chao's lower bound).
    func estimatedCount(of columnCount: Int) -> Int {
        guard columnCount > valueCount else { return count }
        var once = 0
        var twice = 0
        for frequency in frequencies {
            if frequency == 1 { once += 1 }
            if frequency == 2 { twice += 1 }
        }
        return min(columnCount, count + once * once / (2 * (twice + 1)))
    }

    /// Bits per value that an ideal code without memory takes.
    var entropy: Double {
        var bits = 0.0
        for frequency in frequencies {
            let share = Double(frequency) / Double(valueCount)
            bits -= share * share.binaryLogarithm
        }
        return bits
    }

    /// Sorts the entries and gives the codes that go with them.
    func sorted() -> (entries: [UInt64], codes: [UInt64]) {
        var order = entries.enumerated().map { (value: Int64(bitPattern: $1), index: $0) }
        order.sort { $0.value < $1.value }
        var ranks = [UInt64](repeating: 0, count: order.count)
        for (rank, entry) in order.enumerated() { ranks[entry.index] = UInt64(rank) }
        return (order.map { UInt64(bitPattern: $0.value) }, codes.map { ranks[Int($0)] })
    }
}
