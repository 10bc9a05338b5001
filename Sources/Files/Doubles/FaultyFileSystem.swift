/// Another file system with faults on top, for tests.
public struct FaultyFileSystem: FileSystem {
    private let base: any FileSystem
    private let faults: Faults

    public init(_ base: any FileSystem, faults: Faults) {
        self.base = base
        self.faults = faults
    }

    public func open(_ path: String) throws(FileError) -> any ReadableFile {
        try faults.check(.open, path)
        return FaultyReadableFile(try base.open(path), faults: faults)
    }

    public func stream(_ path: String) throws(FileError) -> any ByteStream {
        try faults.check(.open, path)
        return FaultyStream(try base.stream(path), faults: faults)
    }

    public func watch(_ path: String) throws(FileError) -> any WatchedFile {
        try faults.check(.open, path)
        return FaultyWatchedFile(try base.watch(path), faults: faults)
    }

    public func create(_ path: String) throws(FileError) -> any WritableFile {
        try faults.check(.create, path)
        return FaultyWritableFile(try base.create(path), faults: faults)
    }

    public func rename(_ path: String, to newPath: String) throws(FileError) {
        try faults.check(.rename, path)
        try base.rename(path, to: newPath)
    }

    public func remove(_ path: String) throws(FileError) {
        try faults.check(.remove, path)
        try base.remove(path)
    }

    public func link(_ path: String, to newPath: String) throws(FileError) {
        try faults.check(.link, newPath)
        try base.link(path, to: newPath)
    }

    public func createDirectory(_ path: String) throws(FileError) {
        try faults.check(.createDirectory, path)
        try base.createDirectory(path)
    }

    public func removeDirectory(_ path: String) throws(FileError) {
        try faults.check(.removeDirectory, path)
        try base.removeDirectory(path)
    }

    public func lock(_ path: String, waits: Bool) throws(FileError) -> (any FileLock)? {
        try faults.check(.lock, path)
        return try base.lock(path, waits: waits)
    }

    public func syncDirectory(_ path: String) throws(FileError) {
        try faults.check(.syncDirectory, path)
        try base.syncDirectory(path)
    }

    public func byteCount(of path: String) throws(FileError) -> Int {
        try faults.check(.measure, path)
        return try base.byteCount(of: path)
    }

    public func list(_ directory: String) throws(FileError) -> [String] {
        try faults.check(.list, directory)
        return try base.list(directory)
    }
}

/// An open file with faults on top.
public final class FaultyReadableFile: ReadableFile {
    private let base: any ReadableFile
    private let faults: Faults

    public init(_ base: any ReadableFile, faults: Faults) {
        self.base = base
        self.faults = faults
    }

    public var path: String { base.path }
    public var byteCount: Int { base.byteCount }

    public func readSome(at byteOffset: Int, into output: inout OutputSpan<UInt8>) throws(FileError) {
        try faults.read(path, into: &output) { (part) throws(FileError) in
            try base.readSome(at: byteOffset, into: &part)
        }
    }
}

private final class FaultyStream: ByteStream {
    private let base: any ByteStream
    private let faults: Faults

    init(_ base: any ByteStream, faults: Faults) {
        self.base = base
        self.faults = faults
    }

    var path: String { base.path }

    func readSome(into output: inout OutputSpan<UInt8>) throws(FileError) {
        try faults.read(path, into: &output) { (part) throws(FileError) in try base.readSome(into: &part) }
    }
}

private final class FaultyWatchedFile: WatchedFile {
    private let base: any WatchedFile
    private let faults: Faults

    init(_ base: any WatchedFile, faults: Faults) {
        self.base = base
        self.faults = faults
    }

    var path: String { base.path }

    func measure() throws(FileError) -> Int {
        try faults.check(.measure, path)
        return try base.measure()
    }

    func isAtItsPath() throws(FileError) -> Bool {
        try faults.check(.measure, path)
        return try base.isAtItsPath()
    }

    func readSome(at byteOffset: Int, into output: inout OutputSpan<UInt8>) throws(FileError) {
        try faults.read(path, into: &output) { (part) throws(FileError) in
            try base.readSome(at: byteOffset, into: &part)
        }
    }
}

private final class FaultyWritableFile: WritableFile {
    private let base: any WritableFile
    private let faults: Faults

    init(_ base: any WritableFile, faults: Faults) {
        self.base = base
        self.faults = faults
    }

    var path: String { base.path }

    func appendSome(_ bytes: RawSpan) throws(FileError) -> Int {
        try faults.check(.write, path)
        return try base.appendSome(bytes.extracting(first: faults.largestTransfer))
    }

    func sync() throws(FileError) {
        try faults.check(.sync, path)
        try base.sync()
    }

    func syncData() throws(FileError) {
        try faults.check(.sync, path)
        try base.syncData()
    }
}
