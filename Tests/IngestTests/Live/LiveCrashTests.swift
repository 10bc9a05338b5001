import Files
import Storage
import Testing

@testable import Ingest

/// Appenders whose file system fails, and machines that stop.
struct LiveCrashTests {
    /// Appends batches with a seal now and then, until something fails. What was acknowledged, and what was tried.
    private static func run(
        _ files: any FileSystem, _ batches: [[String]]
    ) -> (acknowledged: [String], tried: [String], error: (any Error)?) {
        var acknowledged: [String] = []
        var tried: [String] = []
        do {
            let store = try Store.open(Rig.paths, in: files, clock: ManualClock(78))
            let appender = try Rig.appender(store) { $0.eventCountPerLog = 25 }
            for (number, batch) in batches.enumerated() {
                tried += batch
                try Rig.append(batch, to: appender)
                acknowledged += batch
                if number % 5 == 4 { try appender.seal() }
            }
            try appender.close()
        } catch {
            return (acknowledged, tried, error)
        }
        return (acknowledged, tried, nil)
    }

    private static let batches = (0..<12).map { Rig.events($0 * 10..<($0 + 1) * 10) }

    private static func operationCount() throws -> Int {
        let counted = MemoryFileSystem()
        _ = try Rig.store(counted)
        let counting = Faults()
        #expect(run(FaultyFileSystem(counted, faults: counting), batches).error == nil)
        return counting.operationCount
    }

    /// Events in the order in which they were appended: all that were acknowledged, and perhaps the batch that failed.
    private static func check(
        _ files: MemoryFileSystem, _ outcome: (acknowledged: [String], tried: [String], (any Error)?), _ what: String
    ) throws {
        let store = try Rig.reopen(files)
        let live = try Rig.export(store, byIngest: true)
        #expect(live == outcome.acknowledged || live == outcome.tried, "\(what), before recovery")
        #expect(try LogRecovery.run(store).faults == [])
        let recovered = try Rig.export(store, byIngest: true)
        #expect(recovered == live, "\(what), after recovery")
        #expect(try store.snapshot().logs.isEmpty)
        _ = try LogRecovery.run(store)
        try store.clean()
        #expect(try Rig.export(store, byIngest: true) == live, "\(what), after another")
        #expect(try Rig.logNames(files) == [], "\(what)")
    }

    @Test func `whichever operation is the last, all that was acknowledged is there once, and nothing else`() throws {
        for last in 0..<(try Self.operationCount()) {
            let memory = MemoryFileSystem()
            _ = try Rig.store(memory)
            let faults = Faults(failing: last..<Int.max, largestTransfer: last % 3 == 0 ? 100 : .max)
            let outcome = Self.run(FaultyFileSystem(memory, faults: faults), Self.batches)
            memory.crash()
            try Self.check(memory, outcome, "stopped after operation \(last)")
        }
    }

    @Test func `whichever operation fails once, all that was acknowledged is there once, and nothing else`() throws {
        for failing in 0..<(try Self.operationCount()) {
            for isCrash in [false, true] {
                let memory = MemoryFileSystem()
                _ = try Rig.store(memory)
                let outcome = Self.run(
                    FaultyFileSystem(memory, faults: Faults(failing: failing..<failing + 1)), Self.batches)
                if isCrash { memory.crash() }
                try Self.check(memory, outcome, "operation \(failing) failed, crash: \(isCrash)")
            }
        }
    }

    @Test func `a crash of the recovery itself loses and doubles nothing`() throws {
        let frames = (0..<3).map { Rig.events($0 * 10..<($0 + 1) * 10) }
        for last in 0..<200 {
            let files = try Rig.deadLog(frames).files
            let faulty = FaultyFileSystem(files, faults: Faults(failing: last..<Int.max))
            let died: Void? = try? {
                let store = try Rig.reopen(faulty)
                _ = try LogRecovery.run(store)
                try store.clean()
            }()
            files.crash()
            let store = try Rig.reopen(files)
            #expect(try Rig.export(store, byIngest: true) == frames.flatMap { $0 }, "operation \(last)")
            _ = try LogRecovery.run(store)
            #expect(try Rig.export(store, byIngest: true) == frames.flatMap { $0 }, "operation \(last), recovered")
            if died != nil { return }
        }
        Issue.record("the recovery never came to its end")
    }

    @Test func `after a failed sync nothing more is acknowledged, and the error says why`() throws {
        let memory = MemoryFileSystem()
        _ = try Rig.store(memory)
        let counting = Faults()
        do {
            let appender = try Rig.appender(try Rig.reopen(FaultyFileSystem(memory, faults: counting)))
            try Rig.append(Rig.events(0..<5), to: appender)
        }
        let another = MemoryFileSystem()
        _ = try Rig.store(another)
        // The last operations were the write and the sync of a frame, and the removal of the writer's lock.
        let sync = counting.operationCount - 2
        let faulty = FaultyFileSystem(another, faults: Faults(failing: sync + 2..<sync + 3))
        let appender = try Rig.appender(try Rig.reopen(faulty))
        try Rig.append(Rig.events(0..<5), to: appender)
        for _ in 0..<2 {
            #expect {
                try Rig.append(Rig.events(5..<6), to: appender)
            } throws: { error in
                guard case .readOnly(let text)? = error as? StoreError else { return false }
                return text.hasPrefix("the store is read-only since 1970-01-01T00:00:00.000Z: cannot sync store/log/")
                    && text.hasSuffix("what was acknowledged is safe: restart to recover it")
            }
        }
        #expect(throws: StoreError.self) { try appender.seal() }
        try appender.close()
        another.crash()
        #expect(try Rig.export(Rig.reopen(another), byIngest: true) == Rig.events(0..<5))
    }
}
