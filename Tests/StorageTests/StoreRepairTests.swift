import Bytes
import Columns
import Files
import Segments
import Testing

@testable import Storage

struct StoreRepairTests {
    static func faults(_ store: Store) throws -> [StoreFault] {
        var verifier = StoreVerifier(store)
        try verifier.run()
        return verifier.result.faults
    }

    static func repair(_ store: Store) throws -> StoreRepair.Result {
        var repair = StoreRepair(store)
        try repair.run()
        return repair.result
    }

    @Test func `a sound store has no faults, and a repair does nothing`() throws {
        let (store, _) = try StoreJobsTests.store(3)
        #expect(try Self.faults(store) == [])
        #expect(try Self.repair(store).didNothing)
    }

    @Test(arguments: UInt64(0)..<60)
    func `whatever byte of a segment is damaged, it is told, and what is saved is right`(_ seed: UInt64) throws {
        var random = SplitMix64(seed: seed)
        let files = MemoryFileSystem()
        let store = try Sample.store(in: files)
        let writer = try StoreWriter(store)
        // More zones than one, so that there is something to save.
        let entry = try Sample.segment(writer, 0..<3333)
        let other = try Sample.segment(writer, 3400..<3410)
        try writer.commit(adding: [entry, other])
        let path = store.paths.segment(entry, .hour)
        var bytes = try files.readAll(path)
        let place = Int(random.next() % UInt64(bytes.count))
        bytes[place] ^= UInt8(1 + random.next() % 255)
        files.put(bytes, at: path)
        let faults = try Self.faults(store)
        #expect(faults.map(\.path) == [path])
        let result = try Self.repair(store)
        #expect(try Self.faults(store) == [])
        let left = try Sample.numbers(store.snapshot())
        #expect(Set(left).isSubset(of: Set(0..<3333).union(3400..<3410)) && Set(left).count == left.count)
        #expect(left.suffix(10) == Array(3400..<3410)[...])
        let rowCount = try store.snapshot().state.rowCount
        #expect(rowCount + result.lostRowCount == 3333 + 10)
        #expect(try files.list("store/damaged").count == 1)
    }

    @Test func `a segment that is gone is told, and the rest is readable after the repair`() throws {
        let files = MemoryFileSystem()
        let (store, _) = try StoreJobsTests.store(3, in: files)
        let entry = try store.snapshot().state.orderedSegments[1]
        try files.remove(store.paths.segment(entry, .hour))
        #expect(try Self.faults(store).count == 1)
        #expect(try Self.repair(store).lostRowCount == 10)
        #expect(try Self.faults(store) == [])
        #expect(try Sample.numbers(store.snapshot()) == Array(0..<10) + Array(20..<30))
    }

    @Test func `when the newest manifests are damaged, what they had added is found again, once`() throws {
        let files = MemoryFileSystem()
        let (store, _) = try StoreJobsTests.store(3, in: files)
        let newest = try #require(try store.manifests.newestNumber())
        for number in [newest, newest - 1] {
            var bytes = try files.readAll(store.paths.manifest(number))
            bytes[bytes.count / 2] ^= 8
            files.put(bytes, at: store.paths.manifest(number))
        }
        #expect(try !Self.faults(store).isEmpty)
        #expect(throws: StoreError.self) { try store.snapshot() }
        let result = try Self.repair(store)
        #expect(result.lostRowCount == 0)
        #expect(try Self.faults(store) == [])
        #expect(try Sample.numbers(store.snapshot()) == Array(0..<30))
        #expect(try files.list("store/damaged").count == 2)
    }

    @Test func `a merge that a lost manifest had made does not come twice`() throws {
        let files = MemoryFileSystem()
        let (store, _) = try StoreJobsTests.store(5, in: files)
        let before = try #require(try store.manifests.newestNumber())
        let reading = try store.snapshot()
        _ = try store.compact()
        let newest = try #require(try store.manifests.newestNumber())
        for number in before + 1...newest { files.put([1, 2, 3], at: store.paths.manifest(number)) }
        withExtendedLifetime(reading) {}
        _ = try Self.repair(store)
        #expect(try Sample.numbers(store.snapshot()) == Array(0..<50))
        let writer = try StoreWriter(store)
        try writer.commit(adding: [try Sample.segment(writer, 50..<60)])
        #expect(try Sample.numbers(store.snapshot()) == Array(0..<60))
    }
}
