import Files
import Storage
import Testing

@testable import Ingest

/// An ingest dies at every operation and is run again.
struct StoreIngestCrashTests {
    @Test func `whichever operation is the last, running it again yields each event once`() throws {
        let events = Rig.events(0..<8200)
        let text = Rig.lines(events)
        let change: (inout StoreIngest.Options) -> Void = { $0.eventCountPerCommit = 4096 }
        let counting = Faults()
        let counted = MemoryFileSystem()
        _ = try Rig.store(counted)
        let faulty = { (files: MemoryFileSystem, faults: Faults) throws -> Store in
            try Store.open(Rig.paths, in: FaultyFileSystem(files, faults: faults), clock: ManualClock(78))
        }
        _ = try Rig.ingest(text, into: faulty(counted, counting), change)
        for last in stride(from: 0, through: counting.operationCount, by: 3) {
            let memory = MemoryFileSystem()
            _ = try Rig.store(memory)
            let died: Void? = try? {
                _ = try Rig.ingest(text, into: faulty(memory, Faults(failing: last..<Int.max)), change)
            }()
            memory.crash()
            let store = try Store.open(Rig.paths, in: memory, clock: ManualClock(79))
            let summary = try Rig.ingest(text, into: store, named: "again", change)
            #expect(died == nil || summary.eventCount == 0)
            #expect(try Rig.export(store, byIngest: true) == events, "stopped after operation \(last)")
        }
    }
}
