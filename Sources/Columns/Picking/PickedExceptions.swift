internal import Bytes

/// Which of some picked values are exceptions of their node.
struct PickedExceptions {
    /// Places among the picked values, and those of their exceptions among all exceptions.
    private(set) var hits: [(index: Int, exception: UInt32)] = []
    /// For each picked value how many exceptions stand before it.
    private(set) var countsBefore: [UInt32] = []

    init(
        _ pick: Pick, count: Int, positions: IntegerNode, in environment: any PickEnvironment
    ) throws(DecodeError) {
        guard count > 0 else {
            countsBefore = [UInt32](repeating: 0, count: pick.places.count)
            return
        }
        let positions = try positions.decode(count: count, rows: .unknown, in: environment)
        var lowest: UInt64 = 0
        for position in positions {
            guard position >= lowest, position < UInt64(pick.count) else {
                throw .corrupt(at: 0, "positions of exceptions are not ascending")
            }
            lowest = position + 1
        }
        countsBefore.reserveCapacity(pick.places.count)
        // Places ascend, mostly: what is looked for stands behind what was found before, and not far behind.
        var (low, before) = (0, UInt32.max)
        for (index, place) in pick.places.enumerated() {
            if place < before { low = 0 }
            before = place
            var (step, high) = (1, low)
            while high < positions.count, positions[high] < UInt64(place) {
                low = high + 1
                high += step
                step *= 2
            }
            high = min(high, positions.count)
            while low < high {
                let middle = (low + high) / 2
                if positions[middle] < UInt64(place) { low = middle + 1 } else { high = middle }
            }
            countsBefore.append(UInt32(truncatingIfNeeded: low))
            if low < positions.count, positions[low] == UInt64(place) {
                hits.append((index, UInt32(truncatingIfNeeded: low)))
            }
        }
    }

    /// The exceptions among all exceptions.
    func pick(of count: Int) -> Pick { Pick(hits.map(\.exception), of: count) }
}
