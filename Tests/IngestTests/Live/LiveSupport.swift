import Bytes
import Files
import Ingest
import Storage

extension Rig {
    /// An appender that seals only when it is told to.
    static func appender(
        _ store: Store, _ change: (inout LiveOptions) -> Void = { _ in }
    ) throws -> LiveAppender {
        var options = LiveOptions()
        options.sealsInBackground = false
        change(&options)
        return try LiveAppender(store, options: options)
    }

    @discardableResult
    static func append(_ events: [String], to appender: LiveAppender) throws -> Acknowledgement {
        try appender.append(Array(lines(events).utf8))
    }

    static func reopen(_ files: any FileSystem) throws -> Store {
        try Store.open(paths, in: files, clock: ManualClock(79))
    }

    static func logNames(_ files: MemoryFileSystem) throws -> [String] { try files.list(paths.logs) }

    /// A store whose only log file, of a writer that died, holds frames of some events each. The file's bytes, and where
    /// its frames begin and end.
    static func deadLog(
        _ frames: [[String]]
    ) throws -> (files: MemoryFileSystem, path: String, bytes: [UInt8], ends: [Int]) {
        let files = MemoryFileSystem()
        let appender = try appender(store(files))
        var ends: [Int] = []
        var path = ""
        for frame in frames {
            try append(frame, to: appender)
            path = try "\(paths.logs)/\(logNames(files)[0])"
            ends.append(try files.byteCount(of: path))
        }
        files.crash()
        return (files, path, try files.readAll(path), ends)
    }
}
