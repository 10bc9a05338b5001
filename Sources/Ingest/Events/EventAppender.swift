import CSimdJSON
import Columns
import Storage

/// Turns the members of an event into a row of a band.
@safe
struct EventAppender: ~Copyable {
    let band: Band
    var trie = KeyTrie()
    /// Keeps the paths of events apart from those that a store adds.
    private let isForStore: Bool
    private var row: UInt32 = 0

    init(band: Band, isForStore: Bool = false) {
        self.band = band
        self.isForStore = isForStore
    }

    /// What one walk over the members of a line came to.
    enum Outcome {
        case done
        /// An object has a key twice.
        case duplicate
        case fault(LineError.Reason)
    }

    /// Appends a row, or nothing and tells why.
    mutating func append(_ document: traversion_json_document, storedAt: Int64, sequence: UInt64) -> LineError.Reason? {
        if let reason = unsafe appendValues(document) { return reason }
        endRow(storedAt: storedAt, sequence: sequence)
        return nil
    }

    /// Appends the values of a row that is to be ended, or nothing and tells why.
    mutating func appendValues(_ document: traversion_json_document) -> LineError.Reason? {
        var outcome = unsafe walk(document)
        if case .duplicate = outcome {
            band.takeRowBack()
            unsafe dropReplacedMembers(document)
            outcome = unsafe walk(document)
        }
        switch outcome {
        case .done: break
        case .duplicate: preconditionFailure("a key is still there twice after the earlier one was dropped")
        case .fault(let reason):
            band.takeRowBack()
            return reason
        }
        return nil
    }

    func endRow(storedAt: Int64, sequence: UInt64) {
        let isDone = band.endRow(storedAt: storedAt, sequence: sequence)
        precondition(isDone, "a row without a key twice names a path twice")
    }

    private mutating func walk(_ document: traversion_json_document) -> Outcome {
        beginRow()
        var parent = KeyTrie.root
        var previous: Int32 = -1
        guard unsafe document.member_count > 0, var next = unsafe document.members else { return .done }
        let end = unsafe next + document.member_count
        while unsafe next < end {
            let member = unsafe next
            unsafe next += 1
            let kind = unsafe Int(member.pointee.kind)
            if kind == traversion_json_object_end {
                previous = parent
                parent = unsafe trie.nodes[Int(parent)].parent
                continue
            }
            if kind == droppedMember {
                unsafe next += Int(member.pointee.integer) - 1
                continue
            }
            guard let node = unsafe node(member, under: parent, after: previous) else { return .fault(.pathTooLong) }
            if unsafe trie.nodes[Int(node)].row == row { return .duplicate }
            unsafe trie.nodes[Int(node)].row = row
            if kind == traversion_json_object_start {
                parent = node
                previous = -1
                continue
            }
            guard unsafe appendValue(member, kind, node) else { return .fault(.tooManyColumns) }
            previous = node
        }
        return .done
    }

    @inline(__always)
    mutating func node(
        _ member: UnsafeMutablePointer<traversion_json_member>, under parent: Int32, after previous: Int32
    ) -> Int32? {
        let key = unsafe member.pointee.key!
        let byteCount = unsafe member.pointee.key_length
        let expected = trie.predicted(under: parent, after: previous)
        if expected >= 0, unsafe trie.isKey(expected, key, byteCount) { return expected }
        return unsafe trie.child(of: parent, after: previous, key, byteCount)
    }

    /// Row numbers mark the nodes that a row has passed; they begin anew before they repeat.
    private mutating func beginRow() {
        row &+= 1
        guard row == 0 else { return }
        for node in 0..<trie.nodeCount { unsafe trie.nodes[node].row = 0 }
        row = 1
    }

    /// The ordinal of the column for this path and type; nil when the segment has as many columns as it may.
    @inline(__always)
    mutating func ordinal(_ node: Int32, _ type: ColumnType) -> Int? {
        let known = unsafe trie.nodes[Int(node)].ordinals[Int(type.rawValue)]
        return known != 0 ? Int(known) : newOrdinal(node, type)
    }

    private mutating func newOrdinal(_ node: Int32, _ type: ColumnType) -> Int? {
        let path = trie.path(of: node)
        let key = ColumnKey(path: isForStore ? StorePath.stored(path) : path, type: type)
        guard band.catalog.existingOrdinal(of: key) != nil || band.catalog.count < Limits.columnCount else {
            return nil
        }
        let ordinal = band.ordinal(of: key)
        unsafe trie.nodes[Int(node)].ordinals[Int(type.rawValue)] = UInt32(ordinal)
        return ordinal
    }
}
