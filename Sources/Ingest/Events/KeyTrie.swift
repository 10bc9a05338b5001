import Bytes
import Columns

/// The paths that events were seen to have, as a tree of keys; knows the ordinal of each path and type.
///
/// Events of one kind list their keys in one order, so each node remembers which key came behind it last time: that
/// one is compared first, and only when it is another is the key looked up by its hash.
@safe
struct KeyTrie: ~Copyable {
    @unsafe
    struct Node {
        var key: UnsafePointer<UInt8>
        var keyByteCount: UInt32
        var hash: UInt32
        var parent: Int32
        /// The first key in the object last time, -1 when there was none.
        var firstChild: Int32 = -1
        /// The key behind this one last time, -1 when there was none.
        var next: Int32 = -1
        /// The last row that had this path.
        var row: UInt32 = 0
        /// Bytes of the encoded keys, without their number.
        var pathByteCount: UInt32
        var depth: UInt32
        /// By type, 0 where the path has no such column: ordinal 0 is a system column's.
        var ordinals = InlineArray<18, UInt32>(repeating: 0)
    }

    static let root: Int32 = 0

    private(set) var nodes: UnsafeMutablePointer<Node>
    private var nodeCapacity = 64
    private(set) var nodeCount = 1
    private var slots: [Int32]

    init() {
        unsafe nodes = .allocate(capacity: nodeCapacity)
        let noKey = unsafe UnsafePointer(UnsafeMutablePointer<UInt8>.allocate(capacity: 1))
        unsafe nodes.initialize(
            to: Node(key: noKey, keyByteCount: 0, hash: 0, parent: -1, pathByteCount: 0, depth: 0))
        slots = [Int32](repeating: -1, count: 256)
    }

    deinit {
        for index in 0..<nodeCount { unsafe nodes[index].key.deallocate() }
        unsafe nodes.deallocate()
    }

    /// The child of `parent` that is expected behind `previous`, the key before it in the same object or -1.
    @inline(__always)
    func predicted(under parent: Int32, after previous: Int32) -> Int32 {
        if previous < 0 { return unsafe nodes[Int(parent)].firstChild }
        return unsafe nodes[Int(previous)].next
    }

    @inline(__always)
    func isKey(_ node: Int32, _ key: UnsafePointer<UInt8>, _ byteCount: UInt32) -> Bool {
        let candidate = unsafe nodes + Int(node)
        guard unsafe candidate.pointee.keyByteCount == byteCount else { return false }
        return unsafe areBytesEqual(candidate.pointee.key, key, count: Int(byteCount))
    }

    /// Finds or makes the child with this key and expects it there next time. Nil: its path would be too long.
    mutating func child(
        of parent: Int32, after previous: Int32, _ key: UnsafePointer<UInt8>, _ byteCount: UInt32
    ) -> Int32? {
        let bytes = unsafe UnsafeRawBufferPointer(start: key, count: Int(byteCount)).bytes
        let hash = UInt32(truncatingIfNeeded: checksum(bytes, seed: UInt64(truncatingIfNeeded: parent)))
        var slot = Int(hash) & (slots.count &- 1)
        var found: Int32 = -1
        while slots[slot] >= 0 {
            let node = slots[slot]
            if unsafe nodes[Int(node)].hash == hash, unsafe nodes[Int(node)].parent == parent,
                unsafe isKey(node, key, byteCount)
            {
                found = node
                break
            }
            slot = (slot &+ 1) & (slots.count &- 1)
        }
        if found < 0 {
            guard let made = unsafe make(parent, key, byteCount, hash) else { return nil }
            slots[slot] = made
            found = made
            if nodeCount &* 2 > slots.count { growSlots() }
        }
        if previous < 0 {
            unsafe nodes[Int(parent)].firstChild = found
        } else {
            unsafe nodes[Int(previous)].next = found
        }
        return found
    }

    /// The path of a node.
    func path(of node: Int32) -> ColumnPath {
        var keys: [String] = []
        var current = node
        while current != Self.root {
            let bytes = unsafe UnsafeBufferPointer(
                start: nodes[Int(current)].key, count: Int(nodes[Int(current)].keyByteCount))
            keys.append(unsafe String(decoding: bytes, as: UTF8.self))
            current = unsafe nodes[Int(current)].parent
        }
        return ColumnPath(keys: keys.reversed())
    }

    private mutating func make(
        _ parent: Int32, _ key: UnsafePointer<UInt8>, _ byteCount: UInt32, _ hash: UInt32
    ) -> Int32? {
        let depth = unsafe nodes[Int(parent)].depth + 1
        let pathByteCount = unsafe nodes[Int(parent)].pathByteCount + Self.varintByteCount(byteCount) + byteCount
        guard depth <= Limits.keyCountPerPath,
            Int(pathByteCount + Self.varintByteCount(depth)) <= Limits.pathByteCount
        else { return nil }
        if nodeCount == nodeCapacity {
            let larger = UnsafeMutablePointer<Node>.allocate(capacity: nodeCapacity * 2)
            unsafe larger.moveInitialize(from: nodes, count: nodeCount)
            unsafe nodes.deallocate()
            unsafe nodes = larger
            nodeCapacity *= 2
        }
        let copy = UnsafeMutablePointer<UInt8>.allocate(capacity: max(Int(byteCount), 1))
        unsafe copy.initialize(from: key, count: Int(byteCount))
        unsafe (nodes + nodeCount).initialize(
            to: Node(
                key: UnsafePointer(copy), keyByteCount: byteCount, hash: hash, parent: parent,
                pathByteCount: pathByteCount, depth: depth))
        nodeCount += 1
        return Int32(nodeCount - 1)
    }

    private mutating func growSlots() {
        slots = [Int32](repeating: -1, count: slots.count * 2)
        for node in 1..<nodeCount {
            var slot = unsafe Int(nodes[node].hash) & (slots.count - 1)
            while slots[slot] >= 0 { slot = (slot + 1) & (slots.count - 1) }
            slots[slot] = Int32(node)
        }
    }

    private static func varintByteCount(_ value: UInt32) -> UInt32 {
        value < 1 << 7 ? 1 : value < 1 << 14 ? 2 : value < 1 << 21 ? 3 : value < 1 << 28 ? 4 : 5
    }
}
