import Bytes
import Columns

/// The codes of columns from which others are derived or by which they are grouped: many pages of a band want the same.
final class SourceCache {
    struct Key: Hashable {
        var ordinal: Int
        var page: Int
    }

    struct Entry {
        /// As ``SourceColumn`` tells them.
        var presence: Bitmap?
        var codes: [UInt64]
        /// How many links stand behind the page: what is taken from here must not make a chain longer than allowed.
        var reach: Int
        /// What others are grouped by, once somebody asked.
        var groups: RowGroups?

        var byteCount: Int { codes.count * 8 + (presence?.count ?? 0) / 8 + (groups?.byteCount ?? 0) }
    }

    private static let byteLimit = 24 << 20
    private var entries: [Key: Entry] = [:]
    private var order: [Key] = []
    private var byteCount = 0

    subscript(key: Key) -> Entry? { entries[key] }

    func removeAll() {
        guard !order.isEmpty else { return }
        entries.removeAll()
        order.removeAll()
        byteCount = 0
    }

    func keep(_ groups: RowGroups, for key: Key) {
        guard entries[key] != nil else { return }
        entries[key]?.groups = groups
        byteCount += groups.byteCount
        dropOldest()
    }

    func insert(_ entry: Entry, for key: Key) {
        guard entry.byteCount <= Self.byteLimit, entries[key] == nil else { return }
        entries[key] = entry
        order.append(key)
        byteCount += entry.byteCount
        dropOldest()
    }

    private func dropOldest() {
        while byteCount > Self.byteLimit {
            byteCount -= entries.removeValue(forKey: order.removeFirst())?.byteCount ?? 0
        }
    }
}
