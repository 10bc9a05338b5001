/// A sample of strings as tokens: at first one for each byte, later fewer, for tokens are joined.
///
/// A token stands at the place of its first byte. Strings are apart: their ends have no neighbours.
struct TokenSequence {
    private static let none = UInt16.max

    private(set) var uses = [Int](repeating: 0, count: 512)
    private(set) var pairs: TokenPairs
    private var tokens: [UInt16]
    private var next: [UInt16]
    private var previous: [UInt16]
    /// The places of a token that is no single byte, linked both ways.
    private var heads = [UInt16](repeating: none, count: 512)
    private var nextPlaces: [UInt16]
    private var previousPlaces: [UInt16]

    init(_ strings: StringVector) {
        let count = strings.bytes.count
        tokens = strings.bytes.map { UInt16($0) }
        next = [UInt16](repeating: Self.none, count: count)
        previous = next
        nextPlaces = next
        previousPlaces = next
        pairs = TokenPairs(placeCount: count)
        for byte in strings.bytes { uses[Int(byte)] += 1 }
        for index in 0..<strings.count {
            for place in strings.range(index).dropLast() {
                next[place] = UInt16(truncatingIfNeeded: place + 1)
                previous[place + 1] = UInt16(truncatingIfNeeded: place)
                pairs.add(place, pair: pair(at: place))
            }
        }
    }

    mutating func mostFrequentPair(from minimumCount: Int, isWanted: (Int) -> Bool) -> (pair: Int, count: Int)? {
        pairs.mostFrequent(from: minimumCount, isWanted: isWanted)
    }

    private func pair(at place: Int) -> Int { TokenPairs.pair(tokens[place], tokens[Int(next[place])]) }

    /// Replaces the pair by one token wherever it stands.
    mutating func join(_ pair: Int, into token: UInt16) {
        while let place = pairs.place(of: pair) {
            let second = Int(next[place])
            unlinkPairs(around: place)
            if next[second] != Self.none { pairs.remove(second, pair: self.pair(at: second)) }
            leave(place)
            leave(second)
            next[place] = next[second]
            if next[place] != Self.none { previous[Int(next[place])] = UInt16(truncatingIfNeeded: place) }
            enter(place, token)
            linkPairs(around: place)
        }
    }

    /// Replaces a token by pieces of the given lengths wherever it stands.
    mutating func split(_ token: UInt16, into pieces: [(token: UInt16, length: Int)]) {
        while heads[Int(token)] != Self.none {
            let place = Int(heads[Int(token)])
            unlinkPairs(around: place)
            leave(place)
            let after = next[place]
            var last = place
            enter(place, pieces[0].token)
            for index in 1..<pieces.count {
                let piece = last + pieces[index - 1].length
                next[last] = UInt16(truncatingIfNeeded: piece)
                previous[piece] = UInt16(truncatingIfNeeded: last)
                enter(piece, pieces[index].token)
                if index > 1 { pairs.add(last, pair: pair(at: last)) }
                last = piece
            }
            next[last] = after
            if after != Self.none {
                previous[Int(after)] = UInt16(truncatingIfNeeded: last)
                pairs.add(last, pair: pair(at: last))
            }
            linkPairs(around: place)
        }
    }

    /// Takes away the pairs that the token at `place` is part of.
    private mutating func unlinkPairs(around place: Int) {
        if previous[place] != Self.none { pairs.remove(Int(previous[place]), pair: pair(at: Int(previous[place]))) }
        if next[place] != Self.none { pairs.remove(place, pair: pair(at: place)) }
    }

    private mutating func linkPairs(around place: Int) {
        if previous[place] != Self.none { pairs.add(Int(previous[place]), pair: pair(at: Int(previous[place]))) }
        if next[place] != Self.none { pairs.add(place, pair: pair(at: place)) }
    }

    private mutating func enter(_ place: Int, _ token: UInt16) {
        tokens[place] = token
        uses[Int(token)] += 1
        guard token > 255 else { return }
        let head = heads[Int(token)]
        nextPlaces[place] = head
        previousPlaces[place] = Self.none
        if head != Self.none { previousPlaces[Int(head)] = UInt16(truncatingIfNeeded: place) }
        heads[Int(token)] = UInt16(truncatingIfNeeded: place)
    }

    private mutating func leave(_ place: Int) {
        let token = Int(tokens[place])
        uses[token] -= 1
        guard token > 255 else { return }
        let after = nextPlaces[place]
        let before = previousPlaces[place]
        if before == Self.none { heads[token] = after } else { nextPlaces[Int(before)] = after }
        if after != Self.none { previousPlaces[Int(after)] = before }
    }
}
