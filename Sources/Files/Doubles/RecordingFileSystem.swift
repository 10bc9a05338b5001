/// Another file system that writes down what it was asked to change, call by call, for tests.
///
/// Reading leaves no trace, and writes to one file that follow each other are one line.
public struct RecordingFileSystem: FileSystem {
    private let base: any FileSystem
    private let record = Record()

    /// What was asked, one line for each call.
    final class Record: Sendable {
        let lines = Monitor<[String]>([])

        func add(_ call: String, _ path: String) {
            let line = "\(call) \(path)"
            lines.change { lines in
                if call != "write" || lines.last != line { lines.append(line) }
            }
        }
    }

    public init(_ base: any FileSystem) { self.base = base }

    public var calls: [String] { record.lines.change { $0 } }

    public func open(_ path: String) throws(FileError) -> any ReadableFile { try base.open(path) }

    public func stream(_ path: String) throws(FileError) -> any ByteStream { try base.stream(path) }

    public func watch(_ path: String) throws(FileError) -> any WatchedFile { try base.watch(path) }

    public func byteCount(of path: String) throws(FileError) -> Int { try base.byteCount(of: path) }

    public func list(_ directory: String) throws(FileError) -> [String] { try base.list(directory) }

    public func create(_ path: String) throws(FileError) -> any WritableFile {
        record.add("create", path)
        return RecordingFile(try base.create(path), record)
    }

    public func createPrivate(_ path: String) throws(FileError) -> any WritableFile {
        record.add("create private", path)
        return RecordingFile(try base.createPrivate(path), record)
    }

    public func rename(_ path: String, to newPath: String) throws(FileError) {
        record.add("rename", "\(path) to \(newPath)")
        try base.rename(path, to: newPath)
    }

    public func link(_ path: String, to newPath: String) throws(FileError) {
        record.add("link", "\(path) to \(newPath)")
        try base.link(path, to: newPath)
    }

    public func remove(_ path: String) throws(FileError) {
        record.add("remove", path)
        try base.remove(path)
    }

    public func createDirectory(_ path: String) throws(FileError) {
        record.add("make directory", path)
        try base.createDirectory(path)
    }

    public func removeDirectory(_ path: String) throws(FileError) {
        record.add("remove directory", path)
        try base.removeDirectory(path)
    }

    public func lock(_ path: String, waits: Bool) throws(FileError) -> (any FileLock)? {
        guard let lock = try base.lock(path, waits: waits) else { return nil }
        record.add("lock", path)
        return RecordingLock(lock, record)
    }

    public func syncDirectory(_ path: String) throws(FileError) {
        record.add("sync directory", path)
        try base.syncDirectory(path)
    }
}

private final class RecordingFile: WritableFile {
    private let base: any WritableFile
    private let record: RecordingFileSystem.Record

    init(_ base: any WritableFile, _ record: RecordingFileSystem.Record) {
        self.base = base
        self.record = record
    }

    var path: String { base.path }

    func appendSome(_ bytes: RawSpan) throws(FileError) -> Int {
        record.add("write", path)
        return try base.appendSome(bytes)
    }

    func sync() throws(FileError) {
        record.add("sync", path)
        try base.sync()
    }

    func syncData() throws(FileError) {
        record.add("sync data", path)
        try base.syncData()
    }
}

private final class RecordingLock: FileLock {
    private let base: any FileLock
    private let record: RecordingFileSystem.Record

    init(_ base: any FileLock, _ record: RecordingFileSystem.Record) {
        self.base = base
        self.record = record
    }

    var path: String { base.path }

    deinit { record.add("unlock", path) }
}
