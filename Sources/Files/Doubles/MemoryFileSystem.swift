import Glibc
import Synchronization

/// Files in memory, for tests. It forgets in ``crash()`` what was not made durable.
///
/// Directories need not be made: a file's path is a name, and its directory is what stands before the last slash.
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
    }

    private let state = Mutex(State())

    public init() {}

    /// The machine stops: only synced bytes, and only names in synced directories, are left.
    public func crash() {
        state.withLock { state in
            state.names = state.durableNames
            for number in state.files.indices { state.files[number].bytes = state.files[number].durableBytes }
        }
    }

    /// Puts a file there, durable at once, in place of the one that may have the name.
    public func put(_ bytes: [UInt8], at path: String) {
        state.withLock { state in
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

    public func input(_ path: String) throws(FileError) -> InputBytes { try InputBytes(stream(path)) }

    public func create(_ path: String) throws(FileError) -> any WritableFile {
        try state.withLock { (state) throws(FileError) in
            guard state.names[path] == nil else { throw FileError(.create, path, errorNumber: EEXIST) }
            state.names[path] = state.files.count
            state.files.append(Contents())
            return GrowingFile(path, number: state.files.count - 1, in: self)
        }
    }

    public func rename(_ path: String, to newPath: String) throws(FileError) {
        try state.withLock { (state) throws(FileError) in
            guard let number = state.names.removeValue(forKey: path) else {
                throw FileError(.rename, path, errorNumber: ENOENT)
            }
            state.names[newPath] = number
        }
    }

    public func remove(_ path: String) throws(FileError) {
        try state.withLock { (state) throws(FileError) in
            guard state.names.removeValue(forKey: path) != nil else {
                throw FileError(.remove, path, errorNumber: ENOENT)
            }
        }
    }

    public func syncDirectory(_ path: String) throws(FileError) {
        state.withLock { state in
            state.durableNames = state.durableNames.filter { directory(of: $0.key) != path }
            for (name, number) in state.names where directory(of: name) == path { state.durableNames[name] = number }
        }
    }

    public func byteCount(of path: String) throws(FileError) -> Int { try bytes(.measure, path).count }

    public func list(_ directoryPath: String) throws(FileError) -> [String] {
        let prefix = directoryPath == "." ? "" : directoryPath.hasSuffix("/") ? directoryPath : directoryPath + "/"
        let paths = state.withLock { Array($0.names.keys) }
        return
            paths
            .filter { directory(of: $0) == directoryPath }
            .map { String($0.dropFirst(prefix.count)) }
            .sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    }

    private func bytes(_ operation: FileError.Operation, _ path: String) throws(FileError) -> [UInt8] {
        try state.withLock { (state) throws(FileError) in
            guard let number = state.names[path] else { throw FileError(operation, path, errorNumber: ENOENT) }
            return state.files[number].bytes
        }
    }

    /// A file by its number, so that it stays the same file under another name.
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
                fileSystem.state.withLock { unsafe $0.files[number].bytes.append(contentsOf: buffer) }
            }
            return bytes.byteCount
        }

        func sync() throws(FileError) {
            fileSystem.state.withLock { $0.files[number].durableBytes = $0.files[number].bytes }
        }
    }
}
