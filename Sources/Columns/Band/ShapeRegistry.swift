/// Numbers the sets of columns that rows have.
///
/// Rows list their columns in the order in which they came; few orders occur, so each is looked at closely only once.
public struct ShapeRegistry: Sendable {
    /// The columns of each shape, strictly ascending.
    public private(set) var shapes: [[UInt32]] = []
    private var shapeNumbers: [[UInt32]: UInt32] = [:]

    /// The orders in which rows listed their columns, end to end.
    private var listedOrdinals: [UInt32] = []
    private var arrangements: [Arrangement] = []
    /// Places in `arrangements` by hash, -1 where there is none; at most half are taken.
    private var slots = [Int32](repeating: -1, count: 64)

    private struct Arrangement {
        var hash: UInt64
        var start: Int
        var count: Int
        var shape: UInt32
    }

    public init() {}

    /// The shape of rows that list their columns in this order; nil when none did before.
    func shape(of ordinals: UnsafeBufferPointer<UInt32>, hash: UInt64) -> UInt32? {
        var slot = Int(truncatingIfNeeded: hash) & (slots.count &- 1)
        while slots[slot] >= 0 {
            let arrangement = arrangements[Int(slots[slot])]
            if arrangement.hash == hash, unsafe isListed(ordinals, arrangement) { return arrangement.shape }
            slot = (slot &+ 1) & (slots.count &- 1)
        }
        return nil
    }

    private func isListed(_ ordinals: UnsafeBufferPointer<UInt32>, _ arrangement: Arrangement) -> Bool {
        guard ordinals.count == arrangement.count else { return false }
        for index in 0..<ordinals.count
        where unsafe listedOrdinals[arrangement.start &+ index] != ordinals[index] {
            return false
        }
        return true
    }

    /// Enters an order that names no path twice, and gives its shape.
    mutating func enter(_ ordinals: [UInt32], hash: UInt64) -> UInt32 {
        if arrangements.count * 2 >= slots.count { growSlots() }
        let shape = number(of: ordinals.sorted())
        place(Int32(arrangements.count), hash: hash)
        arrangements.append(
            Arrangement(hash: hash, start: listedOrdinals.count, count: ordinals.count, shape: shape))
        listedOrdinals.append(contentsOf: ordinals)
        return shape
    }

    private mutating func growSlots() {
        slots = [Int32](repeating: -1, count: slots.count * 2)
        for (index, arrangement) in arrangements.enumerated() { place(Int32(index), hash: arrangement.hash) }
    }

    private mutating func place(_ index: Int32, hash: UInt64) {
        var slot = Int(truncatingIfNeeded: hash) & (slots.count - 1)
        while slots[slot] >= 0 { slot = (slot + 1) & (slots.count - 1) }
        slots[slot] = index
    }

    private mutating func number(of sorted: [UInt32]) -> UInt32 {
        if let number = shapeNumbers[sorted] { return number }
        let number = UInt32(shapes.count)
        shapes.append(sorted)
        shapeNumbers[sorted] = number
        return number
    }

    public mutating func removeAll() { self = ShapeRegistry() }
}
