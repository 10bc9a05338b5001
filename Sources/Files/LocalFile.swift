import Glibc

/// An open descriptor of the operating system, closed when it is let go.
///
/// What `close` answers is of no use here: everything that must last is synced before.
final class LocalFile: Sendable {
    let path: String
    let descriptor: Int32
    let status: stat
    private let closes: Bool

    init(_ path: String, flags: Int32, operation: FileError.Operation = .open, mode: mode_t = 0o666) throws(FileError) {
        let descriptor = try systemCall(operation, path) {
            unsafe Glibc.open(path, flags | O_CLOEXEC, mode)
        }
        do {
            self.status = try Self.status(of: descriptor, path)
        } catch {
            close(descriptor)
            throw error
        }
        self.path = path
        self.descriptor = descriptor
        self.closes = true
    }

    /// A descriptor that belongs to the process.
    init(borrowing descriptor: Int32, named path: String) throws(FileError) {
        self.status = try Self.status(of: descriptor, path)
        self.path = path
        self.descriptor = descriptor
        self.closes = false
    }

    deinit { if closes { close(descriptor) } }

    var isRegular: Bool { status.st_mode & S_IFMT == S_IFREG }
    var isDirectory: Bool { status.st_mode & S_IFMT == S_IFDIR }
    var byteCount: Int { Int(status.st_size) }

    private static func status(of descriptor: Int32, _ path: String) throws(FileError) -> stat {
        var status = stat()
        _ = try systemCall(.measure, path) { unsafe fstat(descriptor, &status) }
        return status
    }
}

extension LocalFile: FileLock {}

extension LocalFile: WatchedFile {
    func measure() throws(FileError) -> Int { Int(try Self.status(of: descriptor, path).st_size) }

    func isAtItsPath() throws(FileError) -> Bool {
        var status = stat()
        do throws(FileError) {
            _ = try systemCall(.measure, path) { unsafe stat(path, &status) }
        } catch {
            if error.kind == .notFound { return false }
            throw error
        }
        return status.st_ino == self.status.st_ino && status.st_dev == self.status.st_dev
    }
}

extension LocalFile: ReadableFile {
    func readSome(at byteOffset: Int, into output: inout OutputSpan<UInt8>) throws(FileError) {
        try unsafe output.withUnsafeMutableBufferPointer { (buffer, count) throws(FileError) in
            let start = unsafe buffer.baseAddress.map { unsafe $0 + count }
            let room = buffer.count - count
            count += try systemCall(.read, path) { unsafe pread(descriptor, start, room, byteOffset) }
        }
    }
}

extension LocalFile: ByteStream {
    func readSome(into output: inout OutputSpan<UInt8>) throws(FileError) {
        try unsafe output.withUnsafeMutableBufferPointer { (buffer, count) throws(FileError) in
            let start = unsafe buffer.baseAddress.map { unsafe $0 + count }
            let room = buffer.count - count
            count += try systemCall(.read, path) { unsafe Glibc.read(descriptor, start, room) }
        }
    }
}

extension LocalFile: WritableFile {
    func appendSome(_ bytes: RawSpan) throws(FileError) -> Int {
        try unsafe bytes.withUnsafeBytes { (buffer) throws(FileError) in
            try systemCall(.write, path) { unsafe write(descriptor, buffer.baseAddress, buffer.count) }
        }
    }

    func sync() throws(FileError) { _ = try systemCall(.sync, path) { fsync(descriptor) } }

    func syncData() throws(FileError) { _ = try systemCall(.sync, path) { fdatasync(descriptor) } }
}
