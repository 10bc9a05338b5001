import Storage

/// Lookups of state that a recorder is told of.
struct RecordedLookup {
    private var lookup: StateLookup
    private let recorder: QueryRecorder?

    init(_ lookup: StateLookup, _ recorder: QueryRecorder?) {
        self.lookup = lookup
        self.recorder = recorder
    }

    mutating func state(
        at time: Int64, of services: Set<[UInt8]>? = nil, inFlight: Bool = false
    ) throws(StoreError) -> StateTable {
        let start = recorder?.now ?? 0
        defer { record(from: start) }
        return try lookup.state(at: time, of: services, inFlight: inFlight)
    }

    mutating func changes(
        in times: ClosedRange<Int64>, of services: Set<[UInt8]>? = nil
    ) throws(StoreError) -> StateTable {
        let start = recorder?.now ?? 0
        defer { record(from: start) }
        return try lookup.changes(in: times, of: services)
    }

    func plan(at time: Int64) throws(StoreError) -> StatePlan { try lookup.plan(at: time) }

    func plan(in times: ClosedRange<Int64>) throws(StoreError) -> StatePlan { try lookup.plan(in: times) }

    private func record(from start: Int64) {
        guard let recorder else { return }
        let cost = lookup.cost
        recorder.change { state in
            state.lookups.count += 1
            state.lookups.keyframeCount += cost.keyframes.count
            state.lookups.damagedCount += cost.damagedCount
            state.lookups.eventCount += cost.eventCount
            state.lookups.byteCount += cost.byteCount
        }
        recorder.add(
            "look up", from: start,
            [
                "keyframes": .integer(cost.keyframes.count), "changes": .integer(cost.eventCount),
                "bytes": .integer(cost.byteCount),
            ])
    }
}
