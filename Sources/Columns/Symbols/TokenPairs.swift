/// Where which two tokens stand next to each other, and which pair is the most frequent.
///
/// Tokens are numbers below 512. A place is the position of a token, and stands for the pair that begins there.
struct TokenPairs {
    private static let stride = 512
    private static let none = UInt16.max

    /// The places of a pair are a list, linked both ways through `next` and `previous`.
    private struct Places {
        var count: UInt16 = 0
        var head = none
    }

    private var pairs = [Places](repeating: Places(), count: stride * stride)
    private var next: [UInt16]
    private var previous: [UInt16]

    /// Pairs by count, as stacks. A pair whose count has changed since is found out when it is taken off.
    private var stackTops: [Int32]
    private var stacked: [(pair: Int32, below: Int32)] = []
    private var highest = 0
    /// Pairs that stand twice or more, have become more frequent and are not on the stack of their count yet.
    private var raised: [Int32] = []

    init(placeCount: Int) {
        precondition(placeCount < Self.none, "a sample is too long for 16-bit places")
        next = [UInt16](repeating: Self.none, count: placeCount)
        previous = next
        stackTops = [Int32](repeating: -1, count: placeCount + 1)
    }

    static func pair(_ first: UInt16, _ second: UInt16) -> Int { Int(first) * stride + Int(second) }

    static func tokens(of pair: Int) -> (first: UInt16, second: UInt16) {
        (UInt16(truncatingIfNeeded: pair / stride), UInt16(truncatingIfNeeded: pair % stride))
    }

    /// Any place where the pair stands.
    func place(of pair: Int) -> Int? { pairs[pair].head == Self.none ? nil : Int(pairs[pair].head) }

    mutating func add(_ place: Int, pair: Int) {
        let head = pairs[pair].head
        let count = pairs[pair].count &+ 1
        next[place] = head
        previous[place] = Self.none
        if head != Self.none { previous[Int(head)] = UInt16(truncatingIfNeeded: place) }
        pairs[pair] = Places(count: count, head: UInt16(truncatingIfNeeded: place))
        if count > 1 { raised.append(Int32(truncatingIfNeeded: pair)) }
    }

    mutating func remove(_ place: Int, pair: Int) {
        let after = next[place]
        let before = previous[place]
        if before == Self.none { pairs[pair].head = after } else { next[Int(before)] = after }
        if after != Self.none { previous[Int(after)] = before }
        pairs[pair].count &-= 1
    }

    /// The most frequent pair of at least `minimumCount` that `isWanted` takes; what it refuses is not offered again
    /// before its count rises.
    mutating func mostFrequent(from minimumCount: Int, isWanted: (Int) -> Bool) -> (pair: Int, count: Int)? {
        for pair in raised { push(Int(pair)) }
        raised.removeAll(keepingCapacity: true)
        while highest >= minimumCount {
            guard stackTops[highest] >= 0 else {
                highest -= 1
                continue
            }
            let top = stacked[Int(stackTops[highest])]
            stackTops[highest] = top.below
            let pair = Int(top.pair)
            let count = Int(pairs[pair].count)
            if count == highest {
                if isWanted(pair) { return (pair, count) }
            } else if count < highest, count >= minimumCount {
                push(pair)
            }
        }
        return nil
    }

    private mutating func push(_ pair: Int) {
        let count = Int(pairs[pair].count)
        let top = stackTops[count]
        if top >= 0, stacked[Int(top)].pair == pair { return }
        stackTops[count] = Int32(truncatingIfNeeded: stacked.count)
        stacked.append((Int32(truncatingIfNeeded: pair), top))
        highest = max(highest, count)
    }
}
