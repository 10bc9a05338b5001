import Files
import Glibc
import Ingest
import Storage
import Times
import Traversion

/// A store that lives as long as a question is asked of some dumps.
struct TemporaryStore {
    let store: Store
    let root: String
    private let fileSystem = LocalFileSystem()

    init() throws(CommandFailure) {
        root = try Self.makeFolder()
        do {
            store = try StoreFolder.create(root + "/store")
        } catch {
            Self.remove(root, fileSystem)
            throw CommandFailure(error)
        }
    }

    /// A directory that is nobody else's.
    private static func makeFolder() throws(CommandFailure) -> String {
        var parent = "/tmp"
        if let value = unsafe getenv("TMPDIR"), unsafe value.pointee != 0 { parent = unsafe String(cString: value) }
        var template = Array("\(parent)/traversion-query-XXXXXX".utf8CString)
        let isMade = unsafe template.withUnsafeMutableBufferPointer { buffer in
            guard let start = buffer.baseAddress else { return false }
            return unsafe mkdtemp(start) != nil
        }
        guard isMade else {
            throw CommandFailure(.inputOutput, "no directory can be made in \(parent); name another with TMPDIR")
        }
        return String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
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
            try ingest.run { (_, _) throws(IngestFailure) in if Interruption.isWanted { throw .stopped } }
            if ingest.summary.rejectCount > 0 {
                Console.printError("\(dump): \(Quantity.count(ingest.summary.rejectCount)) records are no events")
            }
        } catch {
            if case .stopped = error { throw CommandFailure(.interrupted, "interrupted") }
            throw CommandFailure(error)
        }
    }

    /// Nobody is left to tell when this fails: the directory is where temporary files are.
    func remove() { Self.remove(root, fileSystem) }

    private static func remove(_ path: String, _ fileSystem: LocalFileSystem) {
        if (try? fileSystem.remove(path)) != nil { return }
        for name in (try? fileSystem.list(path)) ?? [] { remove("\(path)/\(name)", fileSystem) }
        try? fileSystem.removeDirectory(path)
    }
}
