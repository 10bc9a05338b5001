internal import Bytes

/// Which of some picked values are exceptions of their node.
struct PickedExceptions {
    /// Places among the picked values, and those of their exceptions among all exceptions.
    private(set) var hits: [(index: Int, exception: UInt32)] = []
    /// For each picked value how many exceptions stand before it, when they are counted.
    private(set) var countsBefore: [UInt32] = []

    init(
        _ pick: Pick, count: Int, positions: IntegerNode, counting: Bool = true, in environment: any PickEnvironment
    ) throws(DecodeError) {
        guard count > 0 else {
            if counting { note(0, times: pick.places.count) }
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
        if counting { countsBefore.reserveCapacity(pick.places.count) }
        // Places ascend, mostly, and many follow one another: what is looked for stands behind what was found before,
        // and not far behind, and that of places in a row is found at once.
        let (places, exceptions) = (pick.places.span, positions.span)
        var (index, low) = (0, 0)
        while index < places.count {
            let place = UInt64(places[index])
            if index > 0, place <= UInt64(places[index &- 1]) { low = 0 }
            low = Self.first(from: low, notBelow: place, in: exceptions)
            var end = index &+ 1
            while end < places.count, places[end] == places[end &- 1] &+ 1 { end &+= 1 }
            var next = index
            while low < exceptions.count, exceptions[low] &- place < UInt64(end &- index) {
                let hit = index &+ Int(exceptions[low] &- place)
                hits.append((hit, UInt32(truncatingIfNeeded: low)))
                if counting { note(low, times: hit &+ 1 &- next) }
                next = hit &+ 1
                low &+= 1
            }
            if counting { note(low, times: end &- next) }
            index = end
        }
    }

    private mutating func note(_ before: Int, times: Int) {
        countsBefore.append(contentsOf: repeatElement(UInt32(truncatingIfNeeded: before), count: times))
    }

    /// The first of some positions that is not below a place, of which it is known that it stands at `start` or behind.
    private static func first(from start: Int, notBelow place: UInt64, in positions: borrowing Span<UInt64>) -> Int {
        var (low, step, high) = (start, 1, start)
        while high < positions.count, positions[high] < place {
            low = high &+ 1
            high &+= step
            step &*= 2
        }
        high = min(high, positions.count)
        while low < high {
            let middle = (low &+ high) / 2
            if positions[middle] < place { low = middle &+ 1 } else { high = middle }
        }
        return low
    }

    /// The exceptions among all exceptions.
    func pick(of count: Int) -> Pick { Pick(hits.map(\.exception), of: count) }
}
