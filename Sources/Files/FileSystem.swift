/// The one door to the operating system's files.
///
/// Implementations only say what one call does. Loops over short transfers and the order of steps that makes a file
/// appear whole stand above it, in ``ReadableFile``, ``WritableFile`` and ``PendingFile``, so that all of that can be
/// tested with ``MemoryFileSystem`` and ``FaultyFileSystem``.
public protocol FileSystem: Sendable {
    /// Opens a regular file.
    func open(_ path: String) throws(FileError) -> any ReadableFile

    /// Opens anything that can be read from front to back: a file, a pipe, a device.
    func stream(_ path: String) throws(FileError) -> any ByteStream

    /// Opens a regular file that others may go on writing to.
    func watch(_ path: String) throws(FileError) -> any WatchedFile

    /// Makes a new, empty file; that it exists already is an error.
    func create(_ path: String) throws(FileError) -> any WritableFile

    /// Makes a new, empty file that nobody but its owner may read.
    func createPrivate(_ path: String) throws(FileError) -> any WritableFile

    /// Gives a file a new name in the same file system, in place of the file that may have had it.
    func rename(_ path: String, to newPath: String) throws(FileError)

    /// Gives a file a second name; that the name is taken already is an error. Of several that try at once one succeeds.
    func link(_ path: String, to newPath: String) throws(FileError)

    func remove(_ path: String) throws(FileError)

    /// Makes one directory; that it is there already is an error.
    func createDirectory(_ path: String) throws(FileError)

    /// Removes an empty directory.
    func removeDirectory(_ path: String) throws(FileError)

    /// Locks a file, which is made when it is not there, for as long as the lock is kept, the process dies or
    /// the machine stops. Nil: somebody else has it, and `waits` is false.
    func lock(_ path: String, waits: Bool) throws(FileError) -> (any FileLock)?

    /// Makes the names in a directory durable.
    func syncDirectory(_ path: String) throws(FileError)

    func byteCount(of path: String) throws(FileError) -> Int

    /// The names in a directory, ascending by their bytes.
    func list(_ directory: String) throws(FileError) -> [String]
}

extension FileSystem {
    /// For file systems without owners.
    public func createPrivate(_ path: String) throws(FileError) -> any WritableFile { try create(path) }

    /// The whole of a file that is known to be small.
    public func readAll(_ path: String) throws(FileError) -> [UInt8] {
        let file = try open(path)
        return try file.read(at: 0, byteCount: file.byteCount)
    }

    /// Makes a directory and those above it, as far as they are not there, and their names durable.
    public func createDirectories(_ path: String) throws(FileError) {
        do {
            try createDirectory(path)
        } catch {
            switch error.kind {
            // Whoever made it may not have come to making its name durable.
            case .exists: break
            case .notFound where directory(of: path) != path:
                try createDirectories(directory(of: path))
                return try createDirectories(path)
            default: throw error
            }
        }
        try syncDirectory(directory(of: path))
    }

    /// Whether something has this name.
    public func exists(_ path: String) throws(FileError) -> Bool {
        do {
            _ = try byteCount(of: path)
            return true
        } catch {
            if error.kind == .notFound { return false }
            throw error
        }
    }
}

/// A lock that is held until it is let go.
public protocol FileLock: AnyObject, Sendable {
    var path: String { get }
}

/// The directory part of a path: what stands before its last slash.
public func directory(of path: String) -> String {
    guard let slash = path.utf8.lastIndex(of: UInt8(ascii: "/")) else { return "." }
    return slash == path.startIndex ? "/" : String(path[..<slash])
}
