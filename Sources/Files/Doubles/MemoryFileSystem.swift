import Glibc

/// Files in memory, for tests. It forgets in ``crash()`` what was not made durable.
///
/// A file's directory is what stands before the last slash of its path; one that was not made is there all the same.
public final class MemoryFileSystem: FileSystem {
    private struct Contents {
        var bytes: [UInt8] = []
        var durableBytes: [UInt8] = []
    }

    private struct State {
        /// Every file there ever was, by its number.
        var files: [Contents] = []
        var names: [String: Int] = [:]
        var durableNames: [String: Int] = [:]
        /// Those that were made.
        var directories: Set<String> = []
        var durableDirectories: Set<String> = []
        /// The number of the lock that holds a path.
        var locks: [String: Int] = [:]
        var lockCount = 0
    }

    private let state = Monitor(State())

    public init() {}

    /// The machine stops: only synced bytes, and only names in synced directories, are left.
    public func crash() {
        state.change { state in
            let lost = state.directories.subtracting(state.durableDirectories)
            state.durableNames = state.durableNames.filter { !lost.contains(directory(of: $0.key)) }
            state.names = state.durableNames
            state.directories = state.durableDirectories
            state.locks = [:]
            for number in state.files.indices { state.files[number].bytes = state.files[number].durableBytes }
        }
    }

    /// Puts a file there, durable at once, in place of the one that may have the name.
    public func put(_ bytes: [UInt8], at path: String) {
        state.change { state in
            state.names[path] = state.files.count
            state.durableNames[path] = state.files.count
            state.files.append(Contents(bytes: bytes, durableBytes: bytes))
        }
    }

    public func open(_ path: String) throws(FileError) -> any ReadableFile {
        MemoryFile(try bytes(.open, path), path: path)
    }

    public func stream(_ path: String) throws(FileError) -> any ByteStream {
        MemoryStream(try bytes(.open, path), path: path)
    }

    public func watch(_ path: String) throws(FileError) -> any WatchedFile {
        let number = state.change { $0.names[path] }
        guard let number else { throw FileError(.open, path, errorNumber: ENOENT) }
        return ObservedFile(path, number: number, in: self)
    }

    public func create(_ path: String) throws(FileError) -> any WritableFile {
        try state.change { (state) throws(FileError) in
            guard state.names[path] == nil else { throw FileError(.create, path, errorNumber: EEXIST) }
            state.names[path] = state.files.count
            state.files.append(Contents())
            return GrowingFile(path, number: state.files.count - 1, in: self)
        }
    }

    public func rename(_ path: String, to newPath: String) throws(FileError) {
        try state.change { (state) throws(FileError) in
            guard let number = state.names.removeValue(forKey: path) else {
                throw FileError(.rename, path, errorNumber: ENOENT)
            }
            state.names[newPath] = number
        }
    }

    public func remove(_ path: String) throws(FileError) {
        try state.change { (state) throws(FileError) in
            guard state.names.removeValue(forKey: path) != nil else {
                throw FileError(.remove, path, errorNumber: ENOENT)
            }
        }
    }

    public func link(_ path: String, to newPath: String) throws(FileError) {
        try state.change { (state) throws(FileError) in
            guard let number = state.names[path] else { throw FileError(.link, path, errorNumber: ENOENT) }
            guard state.names[newPath] == nil else { throw FileError(.link, newPath, errorNumber: EEXIST) }
            state.names[newPath] = number
        }
    }

    public func createDirectory(_ path: String) throws(FileError) {
        try state.change { (state) throws(FileError) in
            // A path without a slash stands in the directory where everything begins, which is always there.
            let parent = directory(of: path)
            guard parent == "." || parent == "/" || state.directories.contains(parent) else {
                throw FileError(.createDirectory, path, errorNumber: ENOENT)
            }
            guard state.directories.insert(path).inserted else {
                throw FileError(.createDirectory, path, errorNumber: EEXIST)
            }
        }
    }

    public func removeDirectory(_ path: String) throws(FileError) {
        guard try list(path).isEmpty else { throw FileError(.removeDirectory, path, errorNumber: ENOTEMPTY) }
        state.change { _ = $0.directories.remove(path) }
    }

    /// Never waits: who would let it go meanwhile?
    public func lock(_ path: String, waits: Bool) throws(FileError) -> (any FileLock)? {
        state.change { state in
            guard state.locks[path] == nil else { return nil }
            if state.names[path] == nil {
                state.names[path] = state.files.count
                state.files.append(Contents())
            }
            state.lockCount += 1
            state.locks[path] = state.lockCount
            return MemoryLock(path, number: state.lockCount, in: self)
        }
    }

    private final class MemoryLock: FileLock {
        let path: String
        private let number: Int
        private let fileSystem: MemoryFileSystem

        init(_ path: String, number: Int, in fileSystem: MemoryFileSystem) {
            self.path = path
            self.number = number
            self.fileSystem = fileSystem
        }

        deinit {
            fileSystem.state.change { state in
                // After a crash somebody else may hold it.
                if state.locks[path] == number { state.locks[path] = nil }
            }
        }
    }

    public func syncDirectory(_ path: String) throws(FileError) {
        state.change { state in
            state.durableNames = state.durableNames.filter { directory(of: $0.key) != path }
            for (name, number) in state.names where directory(of: name) == path { state.durableNames[name] = number }
            state.durableDirectories = state.durableDirectories.filter { directory(of: $0) != path }
                .union(state.directories.filter { directory(of: $0) == path })
        }
    }

    public func byteCount(of path: String) throws(FileError) -> Int { try bytes(.measure, path).count }

    public func list(_ directoryPath: String) throws(FileError) -> [String] {
        let prefix = directoryPath == "." ? "" : directoryPath.hasSuffix("/") ? directoryPath : directoryPath + "/"
        let paths = state.change { Array($0.names.keys) + $0.directories }
        return
            paths
            .filter { directory(of: $0) == directoryPath }
            .map { String($0.dropFirst(prefix.count)) }
            .sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    }

    private func bytes(_ operation: FileError.Operation, _ path: String) throws(FileError) -> [UInt8] {
        try state.change { (state) throws(FileError) in
            guard let number = state.names[path] else { throw FileError(operation, path, errorNumber: ENOENT) }
            return state.files[number].bytes
        }
    }

    /// Makes a file longer, or, from a place on, another: what a program does that writes a log.
    public func write(_ bytes: [UInt8], at path: String, from byteOffset: Int? = nil) {
        state.change { state in
            guard let number = state.names[path] else { preconditionFailure("no file \(path)") }
            if let byteOffset { state.files[number].bytes.removeSubrange(byteOffset...) }
            state.files[number].bytes += bytes
        }
    }

    /// A file by its number, so that it stays the same file under another name.
    private final class ObservedFile: WatchedFile {
        let path: String
        private let number: Int
        private let fileSystem: MemoryFileSystem

        init(_ path: String, number: Int, in fileSystem: MemoryFileSystem) {
            self.path = path
            self.number = number
            self.fileSystem = fileSystem
        }

        func measure() throws(FileError) -> Int { fileSystem.state.change { $0.files[number].bytes.count } }

        func isAtItsPath() throws(FileError) -> Bool { fileSystem.state.change { $0.names[path] == number } }

        func readSome(at byteOffset: Int, into output: inout OutputSpan<UInt8>) throws(FileError) {
            output.append(of: fileSystem.state.change { $0.files[number].bytes }, from: byteOffset)
        }
    }

    /// Likewise.
    private final class GrowingFile: WritableFile {
        let path: String
        private let number: Int
        private let fileSystem: MemoryFileSystem

        init(_ path: String, number: Int, in fileSystem: MemoryFileSystem) {
            self.path = path
            self.number = number
            self.fileSystem = fileSystem
        }

        func appendSome(_ bytes: RawSpan) throws(FileError) -> Int {
            unsafe bytes.withUnsafeBytes { buffer in
                fileSystem.state.change { unsafe $0.files[number].bytes.append(contentsOf: buffer) }
            }
            return bytes.byteCount
        }

        func sync() throws(FileError) {
            fileSystem.state.change { $0.files[number].durableBytes = $0.files[number].bytes }
        }

        func syncData() throws(FileError) { try sync() }
    }
}
