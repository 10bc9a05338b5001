import Bytes

/// A step in taking an input in: what is committed with the events that it gave.
public struct SourceProgress: Sendable {
    public var entry: SourceEntry
    /// The entry that this one takes the place of; nil for an input that the store did not know.
    public var continuing: SourceEntry?
    /// The first bytes of the input, at most ``SourceEntry/headByteCount``.
    public var head: [UInt8]
    /// Entries that begin like this input but go on otherwise.
    public var unrelated: [SourceEntry]

    public init(entry: SourceEntry, continuing: SourceEntry?, head: [UInt8], unrelated: [SourceEntry]) {
        self.entry = entry
        self.continuing = continuing
        self.head = head
        self.unrelated = unrelated
    }

    func record(upon state: StoreState) throws(StoreError) -> ManifestRecord {
        for other in state.sources where other != continuing && other.mayBegin(head) && !unrelated.contains(other) {
            throw .conflict("another process takes in \(entry.name) too; what it committed stands, this was not")
        }
        guard let continuing else { return .source(entry, replaces: nil) }
        guard let index = state.sources.firstIndex(of: continuing) else {
            throw .conflict("another process has taken in more of \(entry.name); what it committed stands")
        }
        return .source(entry, replaces: index)
    }
}

extension SourceEntry {
    /// Whether an input that begins with `head` may be the one that this entry tells of.
    public func mayBegin(_ head: [UInt8]) -> Bool {
        headByteCount <= head.count && self.head == checksum(head[..<headByteCount])
    }
}
