import Files
import Testing

@testable import Storage

/// The machine stops at every operation of a short history, and after each it must hold what was acknowledged.
struct StoreCrashTests {
    /// Adds, replaces and cleans; tells after each acknowledged commit which numbers the store must hold.
    static func history(in files: any FileSystem, _ acknowledge: ([Int]) -> Void) throws {
        let store = try Sample.store(in: files)
        acknowledge([])
        let writer = try StoreWriter(store)
        let first = try Sample.segment(writer, 0..<10)
        try writer.commit(adding: [first])
        acknowledge(Array(0..<10))
        let second = try Sample.segment(writer, 10..<20, window: 1)
        let third = try Sample.segment(writer, 20..<30)
        try writer.commit(adding: [second, third])
        acknowledge(Array(0..<30))
        let merged = try Sample.segment(writer, 0..<10, tier: .warm)
        try writer.commit(adding: [merged], dropping: [first.id])
        acknowledge(Array(0..<30))
        try store.clean()
        try writer.commit(adding: [], dropping: [second.id])
        acknowledge(Array(0..<10) + Array(20..<30))
        try store.clean()
    }

    @Test func `whichever operation is the last, what was acknowledged is there, and nothing that was not begun`()
        throws
    {
        let counting = Faults()
        try Self.history(in: FaultyFileSystem(MemoryFileSystem(), faults: counting)) { _ in }
        let count = counting.operationCount
        #expect(count > 150)
        for last in 0...count {
            let memory = MemoryFileSystem()
            var acknowledged: [[Int]] = []
            try? Self.history(in: FaultyFileSystem(memory, faults: Faults(failing: last..<Int.max))) {
                acknowledged.append($0)
            }
            memory.crash()
            guard let expected = acknowledged.last else { continue }
            let store = try Sample.reopen(memory)
            let numbers = try Sample.numbers(store.snapshot())
            // The commit that was under way may have been made durable without an answer.
            let next: [[Int]] = [[], Array(0..<10), Array(0..<30), Array(0..<30), Array(0..<10) + Array(20..<30)]
            let possible = [expected] + (acknowledged.count < next.count ? [next[acknowledged.count]] : [])
            #expect(possible.contains(numbers), "stopped after operation \(last)")
            // Nothing is left behind once somebody has cleaned up.
            try store.clean()
            try store.clean()
            #expect(try Sample.numbers(store.snapshot()) == numbers)
            let snapshot = try store.snapshot()
            let named = Set(snapshot.state.segments.values.map { store.paths.segment($0, .hour) })
            #expect(
                Set(try Sample.segmentFiles(memory).map { "store/\($0)" }) == named, "stopped after operation \(last)")
        }
    }

    @Test func `whichever single operation fails, the store is sound and the history can be gone through again`() throws
    {
        let counting = Faults()
        try Self.history(in: FaultyFileSystem(MemoryFileSystem(), faults: counting)) { _ in }
        for failing in 0..<counting.operationCount {
            let memory = MemoryFileSystem()
            var acknowledged: [[Int]] = []
            let faults = Faults(failing: failing..<failing + 1, errorNumber: 28)
            do {
                try Self.history(in: FaultyFileSystem(memory, faults: faults)) { acknowledged.append($0) }
            } catch let error as StoreError {
                guard case .file = error else {
                    if case .segment(_, .io) = error {} else { Issue.record("operation \(failing): \(error)") }
                    continue
                }
            }
            guard acknowledged.count > 0 else { continue }
            let numbers = try Sample.numbers(Sample.reopen(memory).snapshot())
            #expect(numbers.count >= acknowledged[acknowledged.count - 1].count - 10)
        }
    }
}
