import Bytes
import Columns
import Files
import Segments
import Testing

@testable import Storage

struct IdIndexTests {
    /// What the index file of a store holds, by its path.
    private static func indexPaths(_ files: MemoryFileSystem) throws -> [String] {
        try files.list("store/index").map { "store/index/\($0)" }
    }

    /// Looks for ids that are there and for ids that are not.
    static func check(_ sample: inout IdSample, _ store: Store, count: Int = 40) throws {
        let snapshot = try store.snapshot()
        for _ in 0..<count {
            let (id, field) = sample.anyId()
            let fields = sample.number(below: 3) == 0 ? IdSample.fields : [field]
            let lookup = try snapshot.find(IdQuery(id, in: fields))
            #expect(
                try IdSample.numbers(lookup, in: snapshot) == sample.numbers(of: id, in: fields), "\(id) as \(fields)")
        }
        for _ in 0..<5 { #expect(try snapshot.find(IdQuery(sample.id(), in: IdSample.fields)).places == []) }
    }

    @Test(arguments: UInt64(0)..<6)
    func `ids in all forms are found in whatever state of compaction a store is`(_ seed: UInt64) throws {
        var sample = IdSample(seed: seed)
        let files = MemoryFileSystem()
        let clock = ManualClock(1000)
        let store = try Store.create(Sample.paths, windowLength: .hour, storeId: 7, in: files, clock: clock)
        let writer = try StoreWriter(store)
        for _ in 0..<12 {
            switch sample.number(below: 8) {
            case 0...3:
                let rows = sample.makeRows(1 + sample.number(below: 90), window: Int32(sample.number(below: 4)))
                try writer.commit(adding: [try IdSample.write(rows, writer)])
            case 4: _ = try store.compact()
            case 5: _ = try store.moveTiers()
            case 6: clock.advance(by: Int64(sample.number(below: 3)) * Sample.hour)
            default: clock.advance(by: Int64(sample.number(below: 5)) * StoreJobsTests.day)
            }
            if !sample.rows.isEmpty { try Self.check(&sample, store, count: 12) }
        }
        clock.advance(by: StoreJobsTests.day)
        _ = try store.compact()
        if !sample.rows.isEmpty { try Self.check(&sample, store) }
        var verifier = StoreVerifier(store)
        try verifier.run()
        #expect(verifier.result.faults == [])
    }

    /// A store whose windows are over, each with some segments and an index.
    static func indexed(
        _ sample: inout IdSample, windows: Int32 = 3, rowCount: Int = 40, segmentCount: Int = 2,
        in files: MemoryFileSystem
    ) throws -> (Store, ManualClock) {
        let clock = ManualClock(1000)
        let store = try Store.create(Sample.paths, windowLength: .hour, storeId: 7, in: files, clock: clock)
        let writer = try StoreWriter(store)
        for window in 0..<windows {
            let entries = try (0..<segmentCount).map { _ in
                try IdSample.write(sample.makeRows(rowCount, window: window), writer)
            }
            try writer.commit(adding: entries)
        }
        clock.set(Int64(windows + 1) * Sample.hour)
        var report = JobReport()
        try store.buildIndexes(.standard, &report, { _ in })
        #expect(report.indexCount == Int(windows))
        return (store, clock)
    }

    @Test func `an id is found with one small read a window and the segments that have it, however many there are`()
        throws
    {
        let files = MemoryFileSystem()
        var sample = IdSample(seed: 1)
        _ = try Self.indexed(&sample, windows: 20, rowCount: 30, segmentCount: 5, in: files)
        let counts = Monitor<[String: Int]>([:])
        let counting = FaultyFileSystem(
            files,
            faults: Faults { operation, path in
                guard operation == .read, !path.contains("manifests") else { return }
                counts.change { $0[String(path.split(separator: "/")[1]), default: 0] += 1 }
            })
        let snapshot = try Sample.reopen(counting).snapshot()
        var readCount = 0
        var falseCount = 0
        for row in sample.rows.prefix(300) {
            let (field, id) = row.ids.min { $0.key.rawValue < $1.key.rawValue }!
            let lookup = try snapshot.find(IdQuery(id, in: [field]))
            #expect(lookup.cost.indexReadCount == 20 && lookup.cost.windowCount == 20)
            #expect(lookup.cost.indexByteCount <= 20 * 16_384)
            readCount += 20
            falseCount += lookup.cost.segmentCount - lookup.places.count
        }
        #expect(counts.change { $0["index"] } == readCount)
        // One in 32 windows is looked into for nothing.
        #expect(falseCount < 300)
        // Small segments are read with their ends.
        let segmentReadCount = counts.change { $0["hot"] ?? 0 }
        #expect(segmentReadCount <= 2 * (300 + falseCount), "\(segmentReadCount)")
    }

    @Test func `whatever bytes of an index are damaged, no answer changes, and it is told and made anew`() throws {
        let files = MemoryFileSystem()
        var sample = IdSample(seed: 5)
        let (store, _) = try Self.indexed(&sample, in: files)
        for round in 0..<12 {
            let index = try store.snapshot().state.orderedIndexes[sample.number(below: 3)]
            let path = store.paths.index(index.id)
            var bytes = try files.readAll(path)
            switch round % 6 {
            case 0: bytes.removeLast(1 + sample.number(below: bytes.count))
            case 1: bytes.append(0)
            default: bytes[sample.number(below: bytes.count)] ^= UInt8(1 + sample.number(below: 255))
            }
            files.put(bytes, at: path)
            try Self.check(&sample, store, count: 4)
            #expect(try StoreRepairTests.faults(store).map(\.path) == [path])
            #expect(try StoreRepairTests.repair(store).lostRowCount == 0)
            #expect(try store.snapshot().state.unindexedSegments == [])
            #expect(try files.list("store/damaged").count == round + 1)
        }
        #expect(try StoreRepairTests.faults(store) == [])
        try Self.check(&sample, store)
    }

    @Test func `an index that is gone, or is another's, changes no answer`() throws {
        let files = MemoryFileSystem()
        var sample = IdSample(seed: 9)
        let (store, _) = try Self.indexed(&sample, in: files)
        let paths = try Self.indexPaths(files)
        try files.remove(paths[0])
        files.put(try files.readAll(paths[2]), at: paths[1])
        try Self.check(&sample, store)
        let lookup = try store.snapshot().find(IdQuery("0123456789abcdef", in: [.eventId]))
        #expect(lookup.faults.map(\.path) == Array(paths[..<2]))
        #expect(try StoreRepairTests.faults(store).count == 2)
    }

    /// Two windows that are over, one of them of two segments, in which a job then merges and makes indexes.
    private static func compact(
        _ files: MemoryFileSystem, _ faults: Faults
    ) throws -> (IdSample, ManualClock) {
        var sample = IdSample(seed: 4)
        let clock = ManualClock(1000)
        let store = try Store.create(Sample.paths, windowLength: .hour, storeId: 7, in: files, clock: clock)
        let writer = try StoreWriter(store)
        try writer.commit(
            adding: try [0, 0, 1].map { try IdSample.write(sample.makeRows(10, window: $0), writer) })
        clock.set(3 * Sample.hour)
        _ = try? Store.open(Sample.paths, in: FaultyFileSystem(files, faults: faults), clock: clock).compact()
        return (sample, clock)
    }

    private static let operationCount: Int = {
        let counting = Faults()
        _ = try? compact(MemoryFileSystem(), counting)
        return counting.operationCount
    }()

    @Test func `whichever operation is the last of a job that makes indexes, ids are found and nothing is left over`()
        throws
    {
        #expect(Self.operationCount > 150)
        for last in stride(from: 0, through: Self.operationCount, by: 5) {
            let files = MemoryFileSystem()
            var (sample, clock) = try Self.compact(files, Faults(failing: last..<Int.max))
            files.crash()
            let store = try Store.open(Sample.paths, in: files, clock: clock)
            try Self.check(&sample, store, count: 3)
            _ = try store.compact()
            try store.clean()
            try Self.check(&sample, store, count: 3)
            let snapshot = try store.snapshot()
            #expect(snapshot.state.indexes.count == 2 && snapshot.state.unindexedSegments.isEmpty)
            let named = snapshot.state.orderedIndexes.map { store.paths.index($0.id) }
            #expect(Set(try Self.indexPaths(files)) == Set(named), "stopped after operation \(last)")
        }
    }

    @Test func `an index goes with the first of its segments, and another comes`() throws {
        let files = MemoryFileSystem()
        var sample = IdSample(seed: 3)
        let (store, clock) = try Self.indexed(&sample, in: files)
        let before = try store.snapshot().state.orderedIndexes
        let reading = try store.snapshot()
        clock.advance(by: StoreJobsTests.day)
        _ = try store.compact()
        let after = try store.snapshot().state
        #expect(after.indexes.count == 3 && Set(after.indexes.keys).isDisjoint(with: before.map(\.id)))
        #expect(after.segments.count == 3)
        // Somebody still reads as of then.
        #expect(try Self.indexPaths(files).count == 6)
        let lookup = try reading.find(IdQuery("0123456789abcdef", in: [.eventId]))
        #expect(lookup.faults == [] && lookup.cost.indexReadCount == 3)
    }

    @Test func `a window that fills has no index, what comes late gets one when it is worth it`() throws {
        func state(_ rows: [Int], indexed: [Int]) -> StoreState {
            var state = JobPolicyTests.state(rows.enumerated().map { JobPolicyTests.entry(UInt32($0), rows: $1) })
            for number in indexed {
                let entry = IndexEntry(
                    id: IndexId(writer: 1, number: UInt32(number)), window: TimeWindow(index: 0),
                    rowCount: rows[number],
                    segments: [SegmentId(writer: 1, number: UInt32(number))], events: .none, traces: .none,
                    spans: .none, identity: 0)
                #expect(state.apply(.addIndex(entry)) == nil)
            }
            return state
        }
        func plan(_ rows: [Int], indexed: [Int] = [], at now: Int64 = .max) -> [[Int]] {
            IndexPolicy().plan(state(rows, indexed: indexed), at: now).map { $0.segments.map(\.rowCount).sorted() }
        }
        #expect(plan([10, 20], at: 0) == [])
        #expect(plan([10, 20]) == [[10, 20]])
        #expect(plan([1_000_000, 20], indexed: [0]) == [])
        #expect(plan([1_000_000, 20, 20, 20, 20], indexed: [0]) == [[20, 20, 20, 20]])
        #expect(plan([1_000_000, 10_000], indexed: [0]) == [[10_000]])
        #expect(plan([1_000_000, 10_000, 15_000], indexed: [0, 1]) == [[10_000, 15_000]])
        #expect(plan([40_000, 10_000, 15_000], indexed: [0, 1]) == [[10_000, 15_000, 40_000]])
    }
}
