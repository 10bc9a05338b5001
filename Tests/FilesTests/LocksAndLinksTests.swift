import Files
import Glibc
import Testing

struct LocksAndLinksTests {
    /// A new directory on disk, and memory: both must behave alike.
    static func fileSystems() throws -> [(any FileSystem, String)] {
        var template = Array("/tmp/traversion-files-XXXXXX".utf8CString)
        let path = template.withUnsafeMutableBufferPointer { String(cString: mkdtemp($0.baseAddress!)) }
        let memory = MemoryFileSystem()
        try memory.createDirectories("m")
        return [(LocalFileSystem(), path), (memory, "m")]
    }

    @Test func `a lock is had by one at a time, and by the next when it is let go`() throws {
        for (files, folder) in try Self.fileSystems() {
            var first = try files.lock("\(folder)/lock", waits: false)
            #expect(first != nil)
            #expect(try files.lock("\(folder)/lock", waits: false) == nil)
            withExtendedLifetime(first) {}
            first = nil
            #expect(try files.lock("\(folder)/lock", waits: false) != nil)
        }
    }

    @Test func `a link gives a name once`() throws {
        for (files, folder) in try Self.fileSystems() {
            try files.create("\(folder)/a").append([1])
            try files.create("\(folder)/b").append([2])
            try files.link("\(folder)/a", to: "\(folder)/c")
            let error = #expect(throws: FileError.self) { try files.link("\(folder)/b", to: "\(folder)/c") }
            #expect(error?.kind == .exists)
            try files.remove("\(folder)/a")
            #expect(try files.readAll("\(folder)/c") == [1])
        }
    }

    @Test func `of two files that want to be published first, one is told that it was not`() throws {
        for (files, folder) in try Self.fileSystems() {
            let (first, second) = (try PendingFile("\(folder)/p", in: files), try PendingFile("\(folder)/p", in: files))
            try first.append([1])
            try second.append([2])
            #expect(try first.publishIfAbsent())
            #expect(try !second.publishIfAbsent())
            #expect(try files.readAll("\(folder)/p") == [1])
        }
    }

    @Test func `directories are made with those above them, and removed when they are empty`() throws {
        for (files, folder) in try Self.fileSystems() {
            try files.createDirectories("\(folder)/x/y/z")
            try files.createDirectories("\(folder)/x/y/z")
            #expect(try files.list("\(folder)/x") == ["y"])
            let error = #expect(throws: FileError.self) { try files.createDirectory("\(folder)/none/z") }
            #expect(error?.kind == .notFound)
            #expect(throws: FileError.self) { try files.removeDirectory("\(folder)/x") }
            try files.removeDirectory("\(folder)/x/y/z")
            #expect(try files.list("\(folder)/x/y") == [])
        }
    }

    @Test func `after a crash nothing is left in a directory whose name was not made durable`() throws {
        let files = MemoryFileSystem()
        try files.createDirectories("kept")
        try files.createDirectory("lost")
        for folder in ["kept", "lost"] {
            let file = try PendingFile("\(folder)/a", in: files)
            try file.publish()
        }
        files.crash()
        #expect(try files.list("kept") == ["a"])
        #expect(try files.list("lost") == [])
    }

    @Test func `a directory that somebody else made, and died before it was durable, is durable for who uses it`()
        throws
    {
        let files = MemoryFileSystem()
        try files.createDirectories("store")
        try files.createDirectory("store/window")
        try files.createDirectories("store/window")
        try PendingFile("store/window/a", in: files).publish()
        files.crash()
        #expect(try files.list("store/window") == ["a"])
    }
}
