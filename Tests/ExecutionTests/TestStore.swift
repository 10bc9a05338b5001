import Files
import Ingest
import Storage

/// Stores in memory with small windows.
enum TestStore {
    static func empty() throws -> Store {
        try Store.create(
            StorePaths(root: "store"), windowLength: .hour, storeId: 1, in: MemoryFileSystem(), clock: ManualClock(77))
    }

    /// Lines that come in by so many ingests, those next to each other by different ones.
    static func dealt(_ lines: [String], ingests: Int = 1) throws -> Store {
        let store = try empty()
        for part in 0..<ingests {
            try ingest(lines.enumerated().filter { $0.offset % ingests == part }.map(\.element), into: store, "\(part)")
        }
        return store
    }

    /// Takes in events by so many ingests, those that follow one another by the same.
    static func ingest(
        _ events: [ReferenceEvent], parts: Int, name: String = "", into store: Store
    ) throws {
        let size = max(1, (events.count + parts - 1) / parts)
        for start in stride(from: 0, to: events.count, by: size) {
            try ingest(events[start..<min(start + size, events.count)].map(\.line), into: store, "\(name)\(start)")
        }
    }

    static func ingest(_ lines: [String], into store: Store, _ name: String) throws {
        let text = lines.map { $0 + "\n" }.joined()
        try StoreIngest(store, options: StoreIngest.Options()) {
            MemoryStream(Array(text.utf8), path: "dump-\(name)")
        }.run()
    }
}
