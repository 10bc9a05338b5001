import Bytes
import Files
import Glibc
import Testing

struct PendingFileTests {
    static let old: [UInt8] = [9, 9, 9]
    static let new = (0..<1000).map { UInt8(truncatingIfNeeded: $0) }

    /// Replaces `old` by `new` in three appends.
    static func replace(in files: any FileSystem) throws {
        let file = try PendingFile("dir/a", in: files)
        try file.append(Array(new[..<100]))
        try file.append([])
        try file.append(Array(new[100...]))
        try file.publish()
    }

    @Test func `a private file is for its owner alone from its first moment on`() throws {
        let directory = TemporaryDirectory()
        let path = directory.path + "/key"
        let file = try PendingFile(path, in: LocalFileSystem(), isPrivate: true)
        for stage in [path + ".0.part", path] {
            if stage == path { try file.publish() }
            var status = stat()
            #expect(stat(stage, &status) == 0)
            #expect(status.st_mode & 0o777 & ~0o600 == 0)
        }
    }

    static func operationCount(largestTransfer: Int) throws -> Int {
        let memory = MemoryFileSystem()
        let faults = Faults(largestTransfer: largestTransfer)
        try replace(in: FaultyFileSystem(memory, faults: faults))
        return faults.operationCount
    }

    @Test(arguments: [1, 7, 100, 5000])
    func `short writes and reads give the same bytes`(_ largestTransfer: Int) throws {
        let memory = MemoryFileSystem()
        let faulty = FaultyFileSystem(memory, faults: Faults(largestTransfer: largestTransfer))
        try Self.replace(in: faulty)
        #expect(try memory.readAll("dir/a") == Self.new)
        #expect(try faulty.readAll("dir/a") == Self.new)
        #expect(try faulty.open("dir/a").read(at: 3, byteCount: 500) == Array(Self.new[3..<503]))
        #expect(try memory.list("dir") == ["a"])
    }

    @Test func `whichever operation fails, the file is the old or the new one, and no leftover stays`() throws {
        let count = try Self.operationCount(largestTransfer: 100)
        #expect(count == 14)
        for failing in 0..<count {
            let memory = MemoryFileSystem()
            memory.put(Self.old, at: "dir/a")
            let faults = Faults(failing: failing..<failing + 1, errorNumber: 28, largestTransfer: 100)
            let error = #expect(throws: FileError.self) {
                try Self.replace(in: FaultyFileSystem(memory, faults: faults))
            }
            #expect(error?.kind == .noSpace)
            let isLast = failing == count - 1
            #expect(try memory.readAll("dir/a") == (isLast ? Self.new : Self.old))
            #expect(try memory.list("dir") == ["a"])
        }
    }

    @Test func `wherever the machine stops, the file is the old or the new one`() throws {
        let count = try Self.operationCount(largestTransfer: 100)
        for stopping in 0...count {
            let memory = MemoryFileSystem()
            memory.put(Self.old, at: "dir/a")
            let faults = Faults(failing: stopping..<Int.max, largestTransfer: 100)
            try? Self.replace(in: FaultyFileSystem(memory, faults: faults))
            memory.crash()
            #expect(try memory.readAll("dir/a") == (stopping == count ? Self.new : Self.old))
        }
    }

    @Test func `what is published lasts, bytes and name`() throws {
        let memory = MemoryFileSystem()
        try Self.replace(in: memory)
        memory.crash()
        #expect(try memory.readAll("dir/a") == Self.new)
    }

    @Test func `after a failure a pending file only tells it again`() throws {
        let memory = MemoryFileSystem()
        // Operation 0 makes the file, 1 is the first write, 2 the sync that fails.
        let file = try PendingFile("dir/a", in: FaultyFileSystem(memory, faults: Faults(failing: 2..<3)))
        try file.append([1])
        let expected = FileError(.sync, "dir/a.0.part", errorNumber: 5)
        #expect(throws: expected) { try file.publish() }
        #expect(throws: expected) { try file.publish() }
        #expect(throws: expected) { try file.append([2]) }
        #expect(try memory.list("dir") == ["a.0.part"])
    }

    @Test func `a pending file that is let go leaves nothing`() throws {
        let memory = MemoryFileSystem()
        _ = try PendingFile("dir/a", in: memory)
        #expect(try memory.list("dir") == [])
    }

    @Test func `leftovers of others are passed by`() throws {
        let memory = MemoryFileSystem()
        memory.put([7], at: "dir/a.0.part")
        try Self.replace(in: memory)
        #expect(try memory.list("dir") == ["a", "a.0.part"])
        #expect(try memory.readAll("dir/a.0.part") == [7])
    }
}
