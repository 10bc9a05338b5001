import Glibc

/// The files of this machine. The path `-` given to ``stream(_:)`` is standard input.
public struct LocalFileSystem: FileSystem {
    public init() {}

    /// What the process writes its answers to.
    public static func standardOutput() throws(FileError) -> any WritableFile {
        try LocalFile(borrowing: STDOUT_FILENO, named: "standard output")
    }

    public func open(_ path: String) throws(FileError) -> any ReadableFile { try regular(path) }

    public func watch(_ path: String) throws(FileError) -> any WatchedFile { try regular(path) }

    private func regular(_ path: String) throws(FileError) -> LocalFile {
        // A pipe must not wait for somebody to write into it.
        let file = try LocalFile(path, flags: O_RDONLY | O_NONBLOCK)
        guard file.isRegular else { throw FileError(.open, path, errorNumber: file.isDirectory ? EISDIR : ESPIPE) }
        return file
    }

    public func stream(_ path: String) throws(FileError) -> any ByteStream { try source(path) }

    public func create(_ path: String) throws(FileError) -> any WritableFile {
        try LocalFile(path, flags: O_WRONLY | O_CREAT | O_EXCL | O_APPEND, operation: .create)
    }

    public func createPrivate(_ path: String) throws(FileError) -> any WritableFile {
        try LocalFile(path, flags: O_WRONLY | O_CREAT | O_EXCL | O_APPEND, operation: .create, mode: 0o600)
    }

    public func rename(_ path: String, to newPath: String) throws(FileError) {
        _ = try systemCall(.rename, path) { unsafe Glibc.rename(path, newPath) }
    }

    public func remove(_ path: String) throws(FileError) {
        _ = try systemCall(.remove, path) { unsafe unlink(path) }
    }

    public func link(_ path: String, to newPath: String) throws(FileError) {
        _ = try systemCall(.link, newPath) { unsafe Glibc.link(path, newPath) }
    }

    public func createDirectory(_ path: String) throws(FileError) {
        _ = try systemCall(.createDirectory, path) { unsafe mkdir(path, mode_t(0o777)) }
    }

    public func removeDirectory(_ path: String) throws(FileError) {
        _ = try systemCall(.removeDirectory, path) { unsafe rmdir(path) }
    }

    public func lock(_ path: String, waits: Bool) throws(FileError) -> (any FileLock)? {
        while true {
            let file = try LocalFile(path, flags: O_RDWR | O_CREAT, operation: .lock)
            do {
                _ = try systemCall(.lock, path) { flock(file.descriptor, waits ? LOCK_EX : LOCK_EX | LOCK_NB) }
            } catch {
                if error.errorNumber == EWOULDBLOCK { return nil }
                throw error
            }
            // Whoever held it before may have removed the file: then this lock is of a file without a name.
            if try file.isAtItsPath() { return file }
        }
    }

    public func syncDirectory(_ path: String) throws(FileError) {
        let directory = try LocalFile(path, flags: O_RDONLY | O_DIRECTORY, operation: .syncDirectory)
        _ = try systemCall(.syncDirectory, path) { fsync(directory.descriptor) }
    }

    public func byteCount(of path: String) throws(FileError) -> Int {
        var status = stat()
        _ = try systemCall(.measure, path) { unsafe stat(path, &status) }
        return Int(status.st_size)
    }

    public func list(_ directory: String) throws(FileError) -> [String] {
        guard let stream = unsafe opendir(directory) else { throw lastError(.list, directory) }
        defer { unsafe closedir(stream) }
        var names: [String] = []
        while true {
            // The end and a failure look the same but for errno.
            errno = 0
            guard let entry = unsafe readdir(stream) else {
                guard errno == 0 else { throw lastError(.list, directory) }
                break
            }
            let name = unsafe withUnsafePointer(to: &entry.pointee.d_name) {
                unsafe String(cString: UnsafeRawPointer($0).assumingMemoryBound(to: CChar.self))
            }
            if name != ".", name != ".." { names.append(name) }
        }
        return names.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    }

    private func source(_ path: String) throws(FileError) -> LocalFile {
        let file =
            path == "-"
            ? try LocalFile(borrowing: STDIN_FILENO, named: "standard input") : try LocalFile(path, flags: O_RDONLY)
        guard !file.isDirectory else { throw FileError(.open, path, errorNumber: EISDIR) }
        return file
    }
}
