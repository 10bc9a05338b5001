import Bytes
import Columns
import Files

/// Pages as they are stored, checked and taken apart but not decoded, and what was decompressed of them, for any number
/// of readers on any threads.
///
/// Nothing of an answer is in here: every question decodes what it needs. It takes no more than its limit; what was not
/// asked for since half of that was filled goes first.
public final class PageCache: Sendable {
    struct Key: Hashable {
        /// The segment's root checksum, which tells it from any other.
        var segment: UInt64
        var column: Int
        var page: Int
        /// Where in the page a compressed buffer begins; -1 for the page itself.
        var buffer = -1
    }

    private enum Content {
        case page(ParsedPage)
        case bytes(ArraySlice<UInt8>)
    }

    private struct Entry {
        var content: Content
        var byteCount: Int
    }

    private struct State {
        var recent: [Key: Entry] = [:]
        var recentByteCount = 0
        var older: [Key: Entry] = [:]
        var olderByteCount = 0
    }

    private let state = Monitor(State())
    private let byteLimit: Int
    /// A key, its place in a table, and the nodes of a page.
    private static let entryByteCount = 512

    /// - Parameter byteLimit: the most memory that it takes, about.
    public init(byteLimit: Int) { self.byteLimit = byteLimit }

    /// What it takes in memory, about.
    public var byteCount: Int { state.change { $0.recentByteCount + $0.olderByteCount } }

    func page(_ key: Key) -> ParsedPage? {
        guard case .page(let page)? = find(key) else { return nil }
        return page
    }

    func bytes(_ key: Key) -> ArraySlice<UInt8>? {
        guard case .bytes(let bytes)? = find(key) else { return nil }
        return bytes
    }

    func keep(_ page: ParsedPage, byteCount: Int, _ key: Key) { keep(.page(page), byteCount, key) }

    func keep(_ bytes: ArraySlice<UInt8>, _ key: Key) { keep(.bytes(bytes), bytes.count, key) }

    private func find(_ key: Key) -> Content? {
        state.change { state in
            if let known = state.recent[key] { return known.content }
            guard let known = state.older.removeValue(forKey: key) else { return nil }
            state.olderByteCount -= known.byteCount
            insert(known, key, &state)
            return known.content
        }
    }

    private func keep(_ content: Content, _ byteCount: Int, _ key: Key) {
        let entry = Entry(content: content, byteCount: byteCount + Self.entryByteCount)
        // One page must not drive out all others.
        guard entry.byteCount <= byteLimit / 8 else { return }
        state.change { insert(entry, key, &$0) }
    }

    private func insert(_ entry: Entry, _ key: Key, _ state: inout State) {
        if state.recentByteCount + entry.byteCount > byteLimit / 2 {
            (state.older, state.olderByteCount) = (state.recent, state.recentByteCount)
            (state.recent, state.recentByteCount) = ([:], 0)
        }
        let before = state.recent.updateValue(entry, forKey: key)
        state.recentByteCount += entry.byteCount - (before?.byteCount ?? 0)
    }
}
