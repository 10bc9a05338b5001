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

    /// The whole contents of anything that can be read, mapped when it is a regular file.
    func input(_ path: String) throws(FileError) -> InputBytes

    /// Makes a new, empty file; that it exists already is an error.
    func create(_ path: String) throws(FileError) -> any WritableFile

    /// Gives a file a new name in the same file system, in place of the file that may have had it.
    func rename(_ path: String, to newPath: String) throws(FileError)

    func remove(_ path: String) throws(FileError)

    /// Makes the names in a directory durable.
    func syncDirectory(_ path: String) throws(FileError)

    func byteCount(of path: String) throws(FileError) -> Int

    /// The names in a directory, ascending by their bytes.
    func list(_ directory: String) throws(FileError) -> [String]
}

extension FileSystem {
    /// The whole of a file that is known to be small.
    public func readAll(_ path: String) throws(FileError) -> [UInt8] {
        let file = try open(path)
        return try file.read(at: 0, byteCount: file.byteCount)
    }
}

/// The directory part of a path: what stands before its last slash.
func directory(of path: String) -> String {
    guard let slash = path.utf8.lastIndex(of: UInt8(ascii: "/")) else { return "." }
    return slash == path.startIndex ? "/" : String(path[..<slash])
}
