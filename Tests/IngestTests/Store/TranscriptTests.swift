import Files
import Glibc
import Storage
import Testing

@testable import Ingest

/// What is asked of the file system, in which order: a sync that is missing, or comes too late, shows in the diff.
///
/// The transcripts are in Tests/Transcripts; `TRAVERSION_WRITE_GOLDEN=1 swift test --filter TranscriptTests` writes them
/// anew.
struct TranscriptTests {
    static let isWriting = getenv("TRAVERSION_WRITE_GOLDEN") != nil

    static let folder: String = {
        let parts = #filePath.split(separator: "/").dropLast(3)
        return "/" + parts.joined(separator: "/") + "/Transcripts"
    }()

    @Test("the calls of the file system are those of the transcript", arguments: StoreHistory.allCases)
    func compare(history: StoreHistory) throws {
        let files = MemoryFileSystem()
        try history.prepare(files)
        let recording = RecordingFileSystem(files)
        try history.run(recording)
        let made = recording.calls.map { $0 + "\n" }.joined()
        let path = "\(Self.folder)/\(history.rawValue).txt"
        if Self.isWriting {
            try? LocalFileSystem().remove(path)
            try LocalFileSystem().create(path).append(Array(made.utf8))
        }
        #expect(made == String(decoding: try LocalFileSystem().readAll(path), as: UTF8.self))
    }
}

/// Something short that a process does with a store.
enum StoreHistory: String, CaseIterable {
    case create, ingest, append, recover, compact, tier, retain, clean

    private static let hour: Int64 = 3_600_000_000_000
    /// 2024-01-15T00:00:00Z, when the first events happen.
    private static let start: Int64 = 1_705_276_800_000_000_000

    /// What was there before.
    func prepare(_ files: MemoryFileSystem) throws {
        guard self != .create else { return }
        let store = try Rig.store(files)
        switch self {
        case .compact, .tier, .retain:
            for part in 0..<5 { _ = try Rig.ingest(Rig.lines(Rig.events(part * 10..<part * 10 + 9)), into: store) }
        case .recover:
            let appender = try Rig.appender(store)
            try Rig.append(Rig.events(0..<3), to: appender)
            // An appender that is let go seals what it has.
            withExtendedLifetime(appender) { files.crash() }
        case .clean:
            for part in 0..<5 { _ = try Rig.ingest(Rig.lines(Rig.events(part * 10..<part * 10 + 9)), into: store) }
            // A reader keeps what compaction drops.
            let snapshot = try store.snapshot()
            _ = try store.compact()
            withExtendedLifetime(snapshot) {}
        default: break
        }
    }

    func run(_ files: any FileSystem) throws {
        if self == .create {
            _ = try Rig.store(files)
            return
        }
        let clock = ManualClock(Self.start)
        let store = try Store.open(Rig.paths, in: files, clock: clock)
        switch self {
        case .create: break
        case .ingest:
            // Two windows, and a record that is no event.
            let events = Rig.events(3598..<3602)
            _ = try Rig.ingest(Rig.lines(Array(events[..<2]) + ["no event"] + Array(events[2...])), into: store)
        case .append:
            let appender = try Rig.appender(store)
            try Rig.append(Rig.events(0..<3), to: appender)
            try Rig.append(Rig.events(3..<6), to: appender)
            try appender.close()
        case .recover: _ = try LogRecovery.run(store)
        case .compact: _ = try store.compact()
        case .tier:
            clock.advance(by: 48 * Self.hour)
            _ = try store.moveTiers()
        case .retain:
            clock.advance(by: 48 * Self.hour)
            _ = try store.retain(RetentionPolicy(age: 24 * Self.hour))
        case .clean: try store.clean()
        }
    }
}
