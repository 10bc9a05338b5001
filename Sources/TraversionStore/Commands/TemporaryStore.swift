import Files
import Ingest
import Storage
import Times
import Traversion

/// A store that lives as long as somebody holds this: while a question is asked of some dumps.
struct TemporaryStore {
    let store: Store
    private let folder: TemporaryFolder
    private let fileSystem = LocalFileSystem()

    init() throws(CommandFailure) {
        folder = try TemporaryFolder()
        do { store = try StoreFolder.create(folder.path + "/store") } catch { throw CommandFailure(error) }
    }

    /// Takes a dump in; lines that are no events are left out, and told.
    func take(_ dump: String, timeZone: TimeZoneRules) throws(CommandFailure) {
        var options = StoreIngest.Options()
        options.timeZone = timeZone
        // The dump lies there unmasked, and what is made of it is removed.
        options.mask = .none
        // The same file twice is asked twice.
        options.isAgain = true
        let fileSystem = fileSystem
        do throws(IngestFailure) {
            let ingest = try StoreIngest(store, options: options) { () throws(FileError) in
                try fileSystem.stream(dump)
            }
            try ingest.runWatched(totalByteCount: try? fileSystem.byteCount(of: dump))
            if ingest.summary.rejectCount > 0 {
                Console.printError("\(dump): \(Quantity.rejects(ingest.summary.rejectCount))")
            }
        } catch {
            if case .stopped = error { throw CommandFailure(.interrupted, "interrupted") }
            throw CommandFailure(error)
        }
    }
}
