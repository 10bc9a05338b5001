public import Bytes
private import CKernels

/// Some of the values of a node, which are decoded without the others where the node allows that.
public struct Pick {
    /// The rows in which the values of a node stand.
    enum Rows {
        /// Derived nodes may not stand here.
        case unknown
        /// The values stand in these rows one after another (nil: in all of the page), the picked ones in `picked`.
        case set(Bitmap?, picked: [UInt32])
        /// Value i stands in row rows[i].
        case list([UInt32])
        /// The values stand in these rows as in `set`, but in the order of the rows' groups.
        case grouped(RowGroups, Bitmap?, picked: [UInt32])
    }

    /// The places of the picked values among those of the node, in any order.
    let places: [UInt32]
    /// How many values the node has.
    let count: Int
    let rows: Rows

    /// The values that stand in some rows of a page, each of which has one.
    ///
    /// - Parameters:
    ///   - presence: the rows that have a value; nil: all.
    ///   - ranks: those of the rows that have one.
    public init(rows: [UInt32], among presence: Bitmap?, ranks: BitmapRanks?, count: Int) {
        self.init(ranks.map { $0.ranks(of: rows) } ?? rows, of: count, .set(presence, picked: rows))
    }

    init(_ places: [UInt32], of count: Int, _ rows: Rows = .unknown) {
        let greatest = unsafe traversion_greatest(places, places.count)
        precondition(places.isEmpty || greatest < count, "a place behind the last value")
        self.places = places
        self.count = count
        self.rows = rows
    }

    /// The same places of a node that may not be derived.
    public var withoutRows: Pick { Pick(places, of: count) }

    /// The rows of all values, for nodes that are decoded whole.
    public var rowMap: RowMap {
        switch rows {
        case .unknown: .unknown
        case .set(nil, _): .identity
        case .set(let presence?, _): .rows(presence.positions)
        case .list(let rows): .rows(rows)
        case .grouped(let groups, let presence, _): .rows(groups.rows(presence))
        }
    }

    /// Out of all values of the node the picked ones.
    func of<Value>(_ values: [Value]) -> [Value] { places.map { values[Int($0)] } }

    /// The rows of the picked values; nil when they are not known.
    var pickedRows: [UInt32]? {
        switch rows {
        case .unknown: nil
        case .set(_, let picked), .grouped(_, _, let picked): picked
        case .list(let rows): of(rows)
        }
    }
}

/// How many bits are 1 before each of some places.
public struct BitmapRanks: Sendable {
    private let words: [UInt64]
    private let before: [UInt32]

    public init(_ bitmap: Bitmap) {
        let words = bitmap.words
        self.words = words
        before = unsafe [UInt32](unsafeUninitializedCapacity: words.count) { before, count in
            guard let start = before.baseAddress else { return }
            _ = unsafe traversion_rank_words(words, words.count, start)
            count = words.count
        }
    }

    public func rank(of place: UInt32) -> UInt32 {
        let (word, bit) = (Int(place >> 6), UInt64(place & 63))
        return before[word] &+ UInt32(truncatingIfNeeded: (words[word] & (1 &<< bit &- 1)).nonzeroBitCount)
    }

    public func ranks(of places: [UInt32]) -> [UInt32] {
        unsafe [UInt32](unsafeUninitializedCapacity: places.count) { ranks, count in
            guard let start = ranks.baseAddress else { return }
            let areInside = unsafe traversion_ranks_at(words, before, words.count, places, places.count, start)
            precondition(areInside, "a place behind the last bit")
            count = places.count
        }
    }
}
