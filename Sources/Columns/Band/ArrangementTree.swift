/// The orders in which rows list their columns, as a tree: each column leads from one node to the next.
///
/// Few orders occur, so most steps are those that were taken last time, and the node at a row's end tells all that was
/// found out about such rows.
@safe
@usableFromInline
struct ArrangementTree {
    @usableFromInline
    struct Node {
        @usableFromInline var parent: Int32
        @usableFromInline var ordinal: UInt32
        /// The step that was taken last time.
        @usableFromInline var nextOrdinal = UInt32.max
        @usableFromInline var next: Int32 = 0
        /// The registry's shape of rows that end here, once it is known.
        var shape = UInt32.max
    }

    static let root: Int32 = 0
    private static let initialCapacity = 64

    @usableFromInline var nodes = UnsafeMutablePointer<Node>.allocate(capacity: initialCapacity)
    private var capacity = initialCapacity
    private(set) var count = 1
    /// Nodes by parent and column, -1 where there is none; at most half are taken.
    private var slots = [Int32](repeating: -1, count: 256)

    init() { unsafe nodes.initialize(to: Node(parent: -1, ordinal: 0)) }

    func deallocate() { unsafe nodes.deallocate() }

    /// The node that a column leads to.
    @inlinable
    @inline(__always)
    mutating func step(from node: Int32, _ ordinal: UInt32) -> Int32 {
        let start = unsafe nodes + Int(node)
        return unsafe start.pointee.nextOrdinal == ordinal ? start.pointee.next : stepAside(from: node, ordinal)
    }

    @usableFromInline
    mutating func stepAside(from node: Int32, _ ordinal: UInt32) -> Int32 {
        var slot = place(node, ordinal)
        while slots[slot] >= 0 {
            let known = slots[slot]
            if unsafe nodes[Int(known)].parent == node, unsafe nodes[Int(known)].ordinal == ordinal {
                unsafe nodes[Int(node)].nextOrdinal = ordinal
                unsafe nodes[Int(node)].next = known
                return known
            }
            slot = (slot &+ 1) & (slots.count &- 1)
        }
        let made = make(node, ordinal)
        slots[slot] = made
        if count * 2 > slots.count { growSlots() }
        unsafe nodes[Int(node)].nextOrdinal = ordinal
        unsafe nodes[Int(node)].next = made
        return made
    }

    /// The columns on the way to a node, in their order.
    func ordinals(of node: Int32) -> [UInt32] {
        var ordinals: [UInt32] = []
        forEachOrdinal(of: node) { ordinals.append($0) }
        return ordinals.reversed()
    }

    /// Calls `body` with the columns on the way to a node, the last first.
    func forEachOrdinal(of node: Int32, _ body: (UInt32) -> Void) {
        var current = node
        while current != Self.root {
            unsafe body(nodes[Int(current)].ordinal)
            current = unsafe nodes[Int(current)].parent
        }
    }

    private func place(_ node: Int32, _ ordinal: UInt32) -> Int {
        let key = UInt64(truncatingIfNeeded: node) &<< 32 | UInt64(ordinal)
        return Int(truncatingIfNeeded: (key &* 0x9E37_79B9_7F4A_7C15) &>> 32) & (slots.count &- 1)
    }

    private mutating func make(_ parent: Int32, _ ordinal: UInt32) -> Int32 {
        if count == capacity {
            let larger = UnsafeMutablePointer<Node>.allocate(capacity: capacity * 2)
            unsafe larger.moveInitialize(from: nodes, count: count)
            unsafe nodes.deallocate()
            unsafe nodes = larger
            capacity *= 2
        }
        unsafe (nodes + count).initialize(to: Node(parent: parent, ordinal: ordinal))
        count += 1
        return Int32(count - 1)
    }

    private mutating func growSlots() {
        slots = [Int32](repeating: -1, count: slots.count * 2)
        for node in 1..<count {
            var slot = unsafe place(nodes[node].parent, nodes[node].ordinal)
            while slots[slot] >= 0 { slot = (slot + 1) & (slots.count - 1) }
            slots[slot] = Int32(node)
        }
    }
}
