import Columns
import Files
import Segments
import Testing

@testable import Storage

struct StoreJobsTests {
    static let day: Int64 = 24 * Sample.hour

    /// A store, its clock, and so many segments of ten rows in a window.
    static func store(_ count: Int, window: Int32 = 0, in files: MemoryFileSystem = MemoryFileSystem()) throws -> (
        Store, ManualClock
    ) {
        let clock = ManualClock(1000)
        let store = try Store.create(Sample.paths, windowLength: .hour, storeId: 7, in: files, clock: clock)
        let writer = try StoreWriter(store)
        for number in 0..<count {
            let entry = try Sample.segment(writer, number * 10..<number * 10 + 10, window: window)
            try writer.commit(adding: [entry])
        }
        return (store, clock)
    }

    @Test func `small segments of a window become one with the same rows, and their files go`() throws {
        let files = MemoryFileSystem()
        let (store, _) = try Self.store(5, in: files)
        let report = try #require(try store.compact())
        #expect(report.mergeCount == 1 && report.inputCount == 5 && report.rowCount == 50)
        #expect(report.removedFileCount == 5)
        #expect(try Sample.numbers(store.snapshot()) == Array(0..<50))
        #expect(try Sample.segmentFiles(files) == ["hot/1970-01-01T00/2-1.trvseg"])
    }

    @Test func `a job with nothing to do commits nothing`() throws {
        let (store, _) = try Self.store(2)
        let number = try store.snapshot().state.number
        #expect(try store.compact()?.didNothing == true)
        #expect(try store.moveTiers()?.didNothing == true)
        #expect(try store.retain(RetentionPolicy(age: Self.day))?.didNothing == true)
        #expect(try store.snapshot().state.number == number)
    }

    @Test func `a job that another process runs is not run twice`() throws {
        let (store, _) = try Self.store(5)
        let lock = try store.lock(job: "compact")
        #expect(try store.compact() == nil)
        withExtendedLifetime(lock) {}
    }

    @Test func `windows move from tier to tier when they are old enough`() throws {
        let files = MemoryFileSystem()
        let (store, clock) = try Self.store(3, in: files)
        clock.set(Sample.hour + Self.day - 2)
        #expect(try store.moveTiers()?.didNothing == true)
        clock.set(Sample.hour + Self.day - 1)
        #expect(try store.moveTiers()?.mergeCount == 1)
        #expect(try store.snapshot().state.orderedSegments.map(\.tier) == [.warm])
        clock.set(Sample.hour + 7 * Self.day)
        #expect(try store.moveTiers()?.mergeCount == 1)
        #expect(try store.snapshot().state.orderedSegments.map(\.tier) == [.cold])
        #expect(try Sample.numbers(store.snapshot()) == Array(0..<30))
        #expect(try Sample.segmentFiles(files).count == 1)
    }

    @Test func `retention drops windows that are over for long enough, and no others`() throws {
        let (store, clock) = try Self.store(2)
        let writer = try StoreWriter(store)
        try writer.commit(adding: [try Sample.segment(writer, 100..<110, window: 2)])
        clock.set(Sample.hour + 10 * Self.day)
        let report = try #require(try store.retain(RetentionPolicy(age: 10 * Self.day)))
        #expect(report.droppedSegmentCount == 2 && report.droppedRowCount == 20 && report.removedFileCount == 2)
        #expect(try Sample.numbers(store.snapshot()) == Array(100..<110))
    }

    @Test func `retention of a service removes just its events`() throws {
        let (store, clock) = try Self.store(2)
        clock.set(Sample.hour + 10 * Self.day)
        var policy = RetentionPolicy()
        policy.serviceAges = ["odd": 10 * Self.day, "even": 11 * Self.day]
        #expect(try store.retain(policy)?.droppedRowCount == 10)
        #expect(try Sample.numbers(store.snapshot()) == (0..<20).filter { $0 % 2 == 0 })
        #expect(try store.retain(policy)?.didNothing == true)
    }

    @Test func `a merge whose inputs another process has replaced does nothing`() throws {
        let (store, _) = try Self.store(4)
        let snapshot = try store.snapshot()
        let merge = SegmentMerge(snapshot.state.orderedSegments, to: .hot)
        _ = try store.compact()
        let number = try store.snapshot().state.number
        #expect(try merge.run(snapshot, try StoreWriter(store), .standard) == nil)
        #expect(try store.snapshot().state.segments.count == 1)
        #expect(try store.snapshot().state.number == number + 1)
    }

    @Test func `a job keeps to what it may read and write`() throws {
        let (store, clock) = try Self.store(5)
        let byteCount = try store.snapshot().state.byteCount
        let before = clock.now
        _ = try store.compact(JobBudget(memoryByteCount: 1 << 28, inputOutputRate: 1000))
        // What is read takes its time, what is written too, and that is read back once more.
        #expect(clock.now - before > Int64(byteCount) * 1_000_000)
    }
}

struct JobPolicyTests {
    static func entry(
        _ number: UInt32, rows: Int, window: Int32 = 0, _ tier: EncodingProfile.Tier = .hot, at time: Int64 = 0
    )
        -> SegmentEntry
    {
        SegmentEntry(
            id: SegmentId(writer: 1, number: number), tier: tier, window: TimeWindow(index: window), rowCount: rows,
            byteCount: rows * 30, rawByteCount: rows * 200, times: 0...0, storedAt: time...time,
            sequences: UInt64(number)...UInt64(number), rootChecksum: 0)
    }

    static func state(_ entries: [SegmentEntry]) -> StoreState {
        var state = StoreState()
        for entry in entries { _ = state.apply(.addSegment(entry)) }
        return state
    }

    @Test func `a merge at least doubles the largest of its inputs`() {
        let policy = CompactionPolicy()
        let uneven = Self.state([10, 10, 10, 10, 1000].enumerated().map { Self.entry(UInt32($0), rows: $1) })
        #expect(policy.plan(uneven, at: 0, rowLimit: 1 << 21).map { $0.inputs.map(\.rowCount) } == [[10, 10, 10, 10]])
        let few = Self.state([10, 10, 10].enumerated().map { Self.entry(UInt32($0), rows: $1) })
        #expect(policy.plan(few, at: 0, rowLimit: 1 << 21).isEmpty)
        // The window is over: nothing more will come that is worth waiting for.
        #expect(policy.plan(few, at: .max, rowLimit: 1 << 21).map(\.inputs.count) == [3])
    }

    @Test func `a month of hourly ingest with late rows is written at most four times`() {
        let hour: Int64 = 3_600_000_000_000
        let rows = 100_000
        var state = StoreState()
        var written = 0
        var number: UInt32 = 0
        func run(_ merges: [SegmentMerge], _ now: Int64) {
            for merge in merges {
                for input in merge.inputs { _ = state.apply(.dropSegment(input.id)) }
                number += 1
                let sum = merge.inputs.reduce(0) { $0 + $1.rowCount }
                written += sum
                let window = merge.inputs[0].window.index
                _ = state.apply(.addSegment(Self.entry(number, rows: sum, window: window, merge.tier, at: now)))
            }
        }
        let hours = 30 * 24
        for time in 0..<hours {
            let now = Int64(time + 1) * hour
            // 99 of 100 rows are of this day, one is of some day before.
            let late = Int32(max(0, time / 24 - 1 - time % 5))
            for (window, count) in [(Int32(time / 24), rows * 99 / 100), (late, rows / 100)] {
                number += 1
                written += count
                _ = state.apply(.addSegment(Self.entry(number, rows: count, window: window, at: now)))
            }
            for _ in 0..<20 { run(CompactionPolicy().plan(state, at: now, rowLimit: 1 << 21), now) }
            run(TierPolicy.standard.plan(state, at: now, rowLimit: 1 << 21), now)
        }
        let amplification = Double(written) / Double(rows * hours)
        #expect(amplification < 4, "\(amplification)")
        // Nor do segments pile up.
        #expect(state.segments.count < 30 * 10, "\(state.segments.count)")
        #expect(state.rowCount == rows * hours)
    }

    @Test func `late rows of an old window wait for company, but not for ever`() {
        let policy = TierPolicy.standard
        let day = TierPolicy.day
        let cold = Self.entry(1, rows: 1_000_000, .cold)
        let late = Self.entry(2, rows: 100, .hot, at: 100 * day)
        #expect(policy.plan(Self.state([cold, late]), at: 100 * day + day / 2, rowLimit: 1 << 21).isEmpty)
        #expect(policy.plan(Self.state([cold, late]), at: 101 * day, rowLimit: 1 << 21).map(\.inputs.count) == [1])
        let many = Self.entry(3, rows: 70_000, .hot, at: 100 * day)
        #expect(
            policy.plan(Self.state([cold, late, many]), at: 100 * day, rowLimit: 1 << 21).map(\.inputs.count) == [2])
    }
}
