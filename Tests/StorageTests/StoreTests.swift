import Columns
import Files
import Segments
import Testing

@testable import Storage

struct StoreTests {
    @Test func `committed rows are there after opening again, others are not`() throws {
        let files = MemoryFileSystem()
        let store = try Sample.store(in: files)
        let writer = try StoreWriter(store)
        let first = try Sample.segment(writer, 0..<10)
        #expect(try store.snapshot().state.rowCount == 0)
        try writer.commit(adding: [first])
        _ = try Sample.segment(writer, 10..<20)
        #expect(try Sample.numbers(Sample.reopen(files).snapshot()) == Array(0..<10))
    }

    @Test func `a store is made once, and only in its own directory`() throws {
        let files = MemoryFileSystem()
        _ = try Sample.store(in: files)
        #expect(throws: StoreError.occupied(path: "store")) { try Sample.store(in: files) }
        #expect(throws: StoreError.notAStore(path: "elsewhere")) {
            try Store.open(StorePaths(root: "elsewhere"), in: files)
        }
    }

    @Test func `segments of a window lie in its folder, by tier`() throws {
        let files = MemoryFileSystem()
        let writer = try StoreWriter(try Sample.store(in: files))
        _ = try Sample.segment(writer, 0..<3, window: 1)
        _ = try Sample.segment(writer, 0..<3, window: 2, tier: .cold)
        #expect(try Sample.segmentFiles(files) == ["hot/1970-01-01T01/1-1.trvseg", "cold/1970-01-01T02/1-2.trvseg"])
    }

    @Test func `a dropped segment is readable while somebody reads as of before, then its file goes`() throws {
        let files = MemoryFileSystem()
        let store = try Sample.store(in: files)
        let writer = try StoreWriter(store)
        let old = try Sample.segment(writer, 0..<10)
        try writer.commit(adding: [old])
        var reading: Snapshot? = try store.snapshot()
        try writer.commit(adding: [try Sample.segment(writer, 0..<10, tier: .warm)], dropping: [old.id])
        #expect(try store.clean() == 0)
        #expect(try Sample.numbers(#require(reading)) == Array(0..<10))
        reading = nil
        #expect(try store.clean() == 1)
        #expect(try Sample.segmentFiles(files) == ["warm/1970-01-01T00/1-2.trvseg"])
        #expect(try store.snapshot().state.dropped.isEmpty)
        #expect(try Sample.numbers(store.snapshot()) == Array(0..<10))
    }

    @Test func `what a dead writer leaves is removed, what a living one has begun stays`() throws {
        let files = MemoryFileSystem()
        let store = try Sample.store(in: files)
        var dying: StoreWriter? = try StoreWriter(store)
        let living = try StoreWriter(store)
        _ = try Sample.segment(#require(dying), 0..<3)
        let kept = try Sample.segment(living, 3..<6)
        let begun = try living.beginSegment(TimeWindow(index: 1), options: SegmentWriterOptions(tier: .hot))
        #expect(try store.clean() == 0)
        dying = nil
        #expect(try store.clean() == 1)
        try living.commit(adding: [kept])
        #expect(try Sample.numbers(store.snapshot()) == [3, 4, 5])
        #expect(
            try Sample.segmentFiles(files) == ["hot/1970-01-01T00/2-1.trvseg", "hot/1970-01-01T01/2-2.trvseg.0.part"])
        withExtendedLifetime(begun) {}
    }

    @Test func `who replaces a segment that is gone already is told so, and nothing is done`() throws {
        let store = try Sample.store()
        let (first, second) = (try StoreWriter(store), try StoreWriter(store))
        let old = try Sample.segment(first, 0..<10)
        try first.commit(adding: [old])
        try first.commit(adding: [try Sample.segment(first, 0..<10, tier: .warm)], dropping: [old.id])
        let number = try store.snapshot().state.number
        #expect(throws: StoreError.self) {
            try second.commit(adding: [try Sample.segment(second, 0..<10, tier: .cold)], dropping: [old.id])
        }
        #expect(try store.snapshot().state.number == number)
    }

    @Test func `a damaged or exchanged segment is found when it is opened`() throws {
        let files = MemoryFileSystem()
        let store = try Sample.store(in: files)
        let writer = try StoreWriter(store)
        let entry = try Sample.segment(writer, 0..<10)
        let other = try Sample.segment(writer, 10..<20)
        try writer.commit(adding: [entry])
        let snapshot = try store.snapshot()
        files.put(try files.readAll(store.paths.segment(other, .hour)), at: store.paths.segment(entry, .hour))
        #expect(throws: StoreError.self) { try snapshot.open(entry) }
    }

    @Test func `a segment is begun though its directory is removed as empty right before`() throws {
        let store = try Sample.store()
        let writer = try StoreWriter(store)
        let removals = Monitor(0)
        let meddled = MeddledFileSystem(
            store.fileSystem,
            beforeCreate: { (path) throws(FileError) in
                guard path.hasSuffix(".trvseg.0.part") else { return }
                let count = removals.change {
                    $0 += 1
                    return $0
                }
                if count < 3 { throw FileError(.create, path, errorNumber: 2) }
            })
        let unlucky = try Sample.reopen(meddled)
        let entry = try Sample.segment(StoreWriter(unlucky), 0..<10)
        try writer.commit(adding: [entry])
        #expect(try Sample.numbers(store.snapshot()) == Array(0..<10))
    }
}
