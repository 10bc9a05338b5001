import Files
import Glibc
import Testing

struct LocalFileSystemTests {
    let files = LocalFileSystem()
    let directory = TemporaryDirectory()

    func path(_ name: String) -> String { "\(directory.path)/\(name)" }

    func write(_ bytes: [UInt8], to name: String) throws {
        let file = try PendingFile(path(name), in: files)
        try file.append(bytes)
        try file.publish()
    }

    @Test func `a published file reads back, whole and in part`() throws {
        let bytes = (0..<100_000).map { UInt8(truncatingIfNeeded: $0 &* 7) }
        try write(bytes, to: "a")
        let file = try files.open(path("a"))
        #expect(file.byteCount == bytes.count)
        #expect(try files.byteCount(of: path("a")) == bytes.count)
        #expect(try files.readAll(path("a")) == bytes)
        #expect(try file.read(at: 99_990, byteCount: 10) == Array(bytes[99_990...]))
        #expect(try file.read(at: 100_000, byteCount: 0) == [])
    }

    @Test func `a pending file has no name of its own until it is published`() throws {
        let file = try PendingFile(path("a"), in: files)
        try file.append([1, 2, 3])
        #expect(try files.list(directory.path) == ["a.0.part"])
        try file.publish()
        #expect(try files.list(directory.path) == ["a"])
        #expect(file.byteCount == 3)
    }

    @Test func `publishing replaces, and what is open keeps the old bytes`() throws {
        try write([1], to: "a")
        let old = try files.open(path("a"))
        try write([2, 2], to: "a")
        #expect(try files.readAll(path("a")) == [2, 2])
        #expect(try old.read(at: 0, byteCount: 1) == [1])
    }

    @Test func `two writers of one name do not touch each other's bytes`() throws {
        let first = try PendingFile(path("a"), in: files)
        let second = try PendingFile(path("a"), in: files)
        try first.append([1])
        try second.append([2])
        try first.publish()
        #expect(try files.readAll(path("a")) == [1])
        try second.publish()
        #expect(try files.readAll(path("a")) == [2])
    }

    @Test func `names are listed in the order of their bytes`() throws {
        for name in ["b", "a", "é", "Z", "aa"] { try write([], to: name) }
        #expect(try files.list(directory.path) == ["Z", "a", "aa", "b", "é"])
        try files.remove(path("aa"))
        #expect(try files.list(directory.path) == ["Z", "a", "b", "é"])
    }

    @Test func `errors tell operation, path and kind`() throws {
        let missing = path("missing")
        let notFound = #expect(throws: FileError.self) { try files.open(missing) }
        #expect(notFound?.kind == .notFound)
        #expect(notFound?.description == "cannot open \(missing): No such file or directory")
        #expect(throws: FileError(.remove, missing, errorNumber: ENOENT)) { try files.remove(missing) }
        #expect(throws: FileError(.measure, missing, errorNumber: ENOENT)) { try files.byteCount(of: missing) }
        #expect(throws: FileError(.list, missing, errorNumber: ENOENT)) { try files.list(missing) }
        #expect(throws: FileError(.rename, missing, errorNumber: ENOENT)) { try files.rename(missing, to: path("x")) }
        #expect(throws: FileError(.create, "\(missing)/a.0.part", errorNumber: ENOENT)) {
            try PendingFile("\(missing)/a", in: files)
        }
        #expect(#expect(throws: FileError.self) { try files.open(directory.path) }?.kind == .wrongType)
        try write([], to: "there")
        #expect(#expect(throws: FileError.self) { try files.create(path("there")) }?.kind == .exists)
        #expect(#expect(throws: FileError.self) { try files.list(path("there")) }?.kind == .wrongType)
    }

    @Test func `a pipe is read to its end`() throws {
        let fifo = path("fifo")
        #expect(mkfifo(fifo, 0o600) == 0)
        // Opened for both first, so that nobody waits for the other side.
        let descriptor = Glibc.open(fifo, O_RDWR)
        #expect(#expect(throws: FileError.self) { try files.open(fifo) }?.kind == .wrongType)
        let stream = try files.stream(fifo)
        let sent = [UInt8]("twelve bytes".utf8)
        #expect(Glibc.write(descriptor, sent, sent.count) == sent.count)
        close(descriptor)
        #expect(try stream.read(upTo: 5) == Array(sent[..<5]))
        #expect(try stream.read(upTo: 100) == Array(sent[5...]))
    }

    @Test func `a file that was cut after it was opened is an error, not zeros`() throws {
        try write([UInt8](repeating: 7, count: 5000), to: "a")
        let file = try files.open(path("a"))
        #expect(truncate(path("a"), 100) == 0)
        #expect(throws: FileError.endOfFile(path("a"))) { try file.read(at: 50, byteCount: 100) }
    }
}
