/// What a lookup of state will read, told before it reads.
public struct StatePlan: Equatable, Sendable {
    /// The first is what was true at its time, unless all there are changes.
    public var keyframes: [KeyframeEntry] = []
    /// Keyframes of the store, those of no use among them.
    public var keyframeCount = 0
    /// Of these, those that another mapping has made.
    public var otherMappingCount = 0
    /// Of the others, those that tell of later times only.
    public var laterCount = 0
    /// Of the others, those that hold what was stored later than may be known.
    public var unknownCount = 0
    /// Segments that can hold changes, by all of them and by those that need not be read.
    public var segmentCount = 0
    public var leftOutCount = 0
    /// What is to be read besides keyframes.
    public var zoneCount = 0
    public var rowCount = 0
}

extension StateLookup {
    /// For what was true at a time.
    public func plan(at time: Int64) throws(StoreError) -> StatePlan {
        let knownAt = knownAt
        return try plan(.min...time) { KeyframePlan($0, at: time, knownAt: knownAt) }
    }

    /// For all changes in some time.
    public func plan(in times: ClosedRange<Int64>) throws(StoreError) -> StatePlan {
        try plan(times) { KeyframePlan($0, in: times) }
    }

    private func plan(
        _ times: ClosedRange<Int64>, _ choose: ([KeyframeEntry]) -> KeyframePlan
    ) throws(StoreError) -> StatePlan {
        let usable = snapshot.state.keyframes(by: mapping)
        let chosen = choose(usable)
        var plan = StatePlan(keyframes: chosen.keyframes)
        plan.keyframeCount = snapshot.state.orderedKeyframes.count
        plan.otherMappingCount = plan.keyframeCount - usable.count
        plan.laterCount = usable.count { $0.isFolded && $0.until > times.upperBound }
        plan.unknownCount = usable.count { $0.isFolded && $0.until <= times.upperBound && $0.knownAt > knownAt }
        let scan = try scan(times, after: chosen.until)
        plan.segmentCount = snapshot.state.stateSegments.count
        plan.leftOutCount = plan.segmentCount - scan.segmentCount
        plan.zoneCount = scan.parts.reduce(0) { $0 + $1.zones.count }
        plan.rowCount = scan.parts.reduce(0) { $0 + $1.rowCount }
        return plan
    }
}
