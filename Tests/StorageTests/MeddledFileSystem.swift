import Files

/// Lets something happen right before a link, or before a file is made: what another process may do just then.
struct MeddledFileSystem: FileSystem {
    let base: any FileSystem
    let beforeLink: @Sendable () throws -> Void
    let beforeCreate: @Sendable (String) throws(FileError) -> Void

    init(
        _ base: any FileSystem, beforeLink: @escaping @Sendable () throws -> Void = {},
        beforeCreate: @escaping @Sendable (String) throws(FileError) -> Void = { _ in }
    ) {
        self.base = base
        self.beforeLink = beforeLink
        self.beforeCreate = beforeCreate
    }

    func link(_ path: String, to newPath: String) throws(FileError) {
        do { try beforeLink() } catch { fatalError("\(error)") }
        try base.link(path, to: newPath)
    }

    func create(_ path: String) throws(FileError) -> any WritableFile {
        try beforeCreate(path)
        return try base.create(path)
    }

    func open(_ path: String) throws(FileError) -> any ReadableFile { try base.open(path) }
    func stream(_ path: String) throws(FileError) -> any ByteStream { try base.stream(path) }
    func watch(_ path: String) throws(FileError) -> any WatchedFile { try base.watch(path) }
    func rename(_ path: String, to newPath: String) throws(FileError) { try base.rename(path, to: newPath) }
    func remove(_ path: String) throws(FileError) { try base.remove(path) }
    func createDirectory(_ path: String) throws(FileError) { try base.createDirectory(path) }
    func removeDirectory(_ path: String) throws(FileError) { try base.removeDirectory(path) }
    func syncDirectory(_ path: String) throws(FileError) { try base.syncDirectory(path) }
    func byteCount(of path: String) throws(FileError) -> Int { try base.byteCount(of: path) }
    func list(_ directory: String) throws(FileError) -> [String] { try base.list(directory) }
    func lock(_ path: String, waits: Bool) throws(FileError) -> (any FileLock)? {
        try base.lock(path, waits: waits)
    }
}
