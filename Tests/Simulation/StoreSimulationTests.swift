import Testing

/// Optimised builds go through more than two thousand crashes, others through some hundred.
private let historyCount: UInt64 = {
    #if DEBUG
        return 40
    #else
        return 400
    #endif
}()

struct StoreSimulationTests {
    @Test(arguments: UInt64(0)..<historyCount)
    func `whatever stops or fails, each acknowledged event is there once and nothing is left over`(_ seed: UInt64)
        throws
    {
        var store = try SimulatedStore(seed: seed)
        do {
            for _ in 0..<12 {
                try store.step()
                try store.check()
            }
            try store.finish()
        } catch {
            Issue.record("seed \(seed): \(error)\n\(store.log.joined(separator: "\n"))")
        }
    }
}
