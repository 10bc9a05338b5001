import Bytes
import Columns
import Files

/// Pages as they are stored, checked and taken apart but not decoded, what was decompressed of them, which rows have some
/// shapes, the codes by which values of other columns are found, and dictionaries and their like, for any number of
/// readers on any threads.
///
/// Nothing of an answer is in here: every question decodes what it needs. It takes no more than its limit. Questions go
/// through more pages than fit, over and over: were everything let in, each would drive out what is asked for next. So
/// of what does not fit only that is let in which was asked for lately, and a few others, so that what nobody wants any
/// more goes in the end.
public final class PageCache: Sendable {
    struct Key: Hashable {
        /// The segment's root checksum, which tells it from any other.
        var segment: UInt64
        var column: Int
        var page: Int
        /// Where in the page a compressed buffer begins, or one of these.
        var buffer = page

        /// The page itself.
        static let page = -1
        /// The rows that the shapes of a page of shapes give a column.
        static let rows = -2
        /// A dictionary, or another resource, decoded.
        static let resource = -3
        /// The groups in which the page puts its rows.
        static let groups = -4
        /// The codes of the root node.
        static let codes = -5

        /// From when to when stretches of a page of times go.
        static let times = -6

        /// Where runs begin whose lengths stand there; no buffer does.
        static func runs(at byteOffset: Int) -> Int { .max - byteOffset }

        /// Some number below those; others may have the same.
        static func rows(ofShapes codes: [UInt64]) -> Int {
            let mixed = codes.reduce(UInt64(codes.count)) { ($0 ^ $1) &* 0x9E37_79B9_7F4A_7C15 ^ $0 >> 29 }
            return -16 - Int(mixed >> 2)
        }

        func hash(into hasher: inout Hasher) {
            // The checksum is spread over all bits already: one word is hashed in place of four.
            let place = UInt64(truncatingIfNeeded: column &<< 40 ^ page &<< 20 ^ buffer)
            hasher.combine(segment ^ place &* 0x9E37_79B9_7F4A_7C15)
        }
    }

    /// What was decoded of a page over as many links from column to column as `reach` says: it must not make a chain
    /// longer than allowed.
    struct Linked<Value: Sendable>: Sendable {
        var value: Value
        var reach: Int
    }

    private enum Content {
        case page(ParsedPage)
        case bytes(ArraySlice<UInt8>)
        case rows(ShapeRows)
        case resource(ResourceCache.Resource)
        case groups(Linked<RowGroups>)
        case codes(Linked<[UInt64]>)
        case runs(RunStarts)
        case times(TimeStretches)
    }

    private struct Entry {
        var key: Key
        var content: Content
        var byteCount: Int
        /// It was asked for since the hand passed last.
        var isWanted = false
    }

    private struct State {
        var places: [Key: Int] = [:]
        var entries: [Entry] = []
        var byteCount = 0
        /// Where the next entry to go is looked for.
        var hand = 0
        var requests = RecentRequests<Key>()
        var refusedCount = 0
    }

    private let state: Monitor<State>
    private let byteLimit: Int
    /// A key, its place in a table, and what stands around the bytes.
    private static let entryByteCount = 256
    /// Of so many that were not asked for lately one is let in all the same.
    private static let refusedPerAdmitted = 8

    /// - Parameter byteLimit: the most memory that it takes, about.
    public init(byteLimit: Int) {
        self.byteLimit = byteLimit
        var state = State()
        // What was asked for longer ago than all that fits would not be here any more.
        state.requests.byteLimit = byteLimit
        self.state = Monitor(state)
    }

    /// What it takes in memory, about.
    public var byteCount: Int { state.change { $0.byteCount } }

    func page(_ key: Key) -> ParsedPage? {
        guard case .page(let page)? = find(key) else { return nil }
        return page
    }

    func bytes(_ key: Key) -> ArraySlice<UInt8>? {
        guard case .bytes(let bytes)? = find(key) else { return nil }
        return bytes
    }

    func rows(_ key: Key) -> ShapeRows? {
        guard case .rows(let rows)? = find(key) else { return nil }
        return rows
    }

    func resource(_ key: Key) -> ResourceCache.Resource? {
        guard case .resource(let resource)? = find(key) else { return nil }
        return resource
    }

    func keep(_ page: ParsedPage, byteCount: Int, _ key: Key) { keep(.page(page), byteCount, key) }

    func keep(_ bytes: ArraySlice<UInt8>, _ key: Key) { keep(.bytes(bytes), bytes.count, key) }

    func keep(_ rows: ShapeRows, _ key: Key) { keep(.rows(rows), rows.byteCount, key) }

    func keep(_ resource: ResourceCache.Resource, _ key: Key) { keep(.resource(resource), resource.byteCount, key) }

    func runs(_ key: Key) -> RunStarts? {
        guard case .runs(let runs)? = find(key) else { return nil }
        return runs
    }

    func keep(_ runs: RunStarts, _ key: Key) { keep(.runs(runs), runs.byteCount, key) }

    func times(_ key: Key) -> TimeStretches? {
        guard case .times(let times)? = find(key) else { return nil }
        return times
    }

    func keep(_ times: TimeStretches, _ key: Key) { keep(.times(times), times.byteCount, key) }

    func groups(_ key: Key) -> Linked<RowGroups>? {
        guard case .groups(let groups)? = find(key) else { return nil }
        return groups
    }

    func codes(_ key: Key) -> Linked<[UInt64]>? {
        guard case .codes(let codes)? = find(key) else { return nil }
        return codes
    }

    func keep(_ groups: Linked<RowGroups>, _ key: Key) { keep(.groups(groups), groups.value.byteCount, key) }

    func keep(_ codes: Linked<[UInt64]>, _ key: Key) { keep(.codes(codes), codes.value.count * 8, key) }

    private func find(_ key: Key) -> Content? {
        state.change { state in
            guard let place = state.places[key] else { return nil }
            state.entries[place].isWanted = true
            state.requests.pass(state.entries[place].byteCount)
            return state.entries[place].content
        }
    }

    private func keep(_ content: Content, _ byteCount: Int, _ key: Key) {
        let entry = Entry(key: key, content: content, byteCount: byteCount + Self.entryByteCount)
        // One page must not drive out all others.
        guard entry.byteCount <= byteLimit / 8 else { return }
        state.change { state in
            // Another thread may have read the same.
            guard state.places[key] == nil, isAdmitted(entry, &state) else { return }
            while state.byteCount + entry.byteCount > byteLimit { Self.removeOne(&state) }
            state.places[key] = state.entries.count
            state.entries.append(entry)
            state.byteCount += entry.byteCount
        }
    }

    private func isAdmitted(_ entry: Entry, _ state: inout State) -> Bool {
        let wasAskedFor = state.requests.note(entry.key, entry.byteCount)
        if wasAskedFor || state.byteCount + entry.byteCount <= byteLimit { return true }
        state.refusedCount += 1
        return state.refusedCount % Self.refusedPerAdmitted == 0
    }

    /// Removes the next entry that nobody has asked for since this came by last.
    private static func removeOne(_ state: inout State) {
        while true {
            if state.hand >= state.entries.count { state.hand = 0 }
            guard state.entries[state.hand].isWanted else { break }
            state.entries[state.hand].isWanted = false
            state.hand += 1
        }
        let last = state.entries.count - 1
        state.entries.swapAt(state.hand, last)
        let removed = state.entries.removeLast()
        state.places[removed.key] = nil
        if state.hand < last { state.places[state.entries[state.hand].key] = state.hand }
        // What came in last now stands here, and is looked at last.
        state.hand += 1
        state.byteCount -= removed.byteCount
    }
}
