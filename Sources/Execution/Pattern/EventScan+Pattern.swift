import Storage

extension EventScan {
    /// From now on only rows count that fulfil a condition of a pattern; parts are left out in which no event can be of
    /// use to a match.
    mutating func restrict(
        to tests: PatternTests, of automaton: PatternAutomaton, tellsPartial: Bool
    ) throws(StoreError) {
        try restrict(to: Condition(tests.condition))
        // What must hold for a while is told by events before, and what times out by the lack of those behind.
        guard !tests.areSustained, !tellsPartial else { return }
        let zones = try possibleZones()
        let possible = zones.map {
            PatternReach.Zone(times: $0.times, conditions: tests.bits(of: $0.alternatives))
        }
        guard let reach = PatternReach(automaton, among: possible) else { return }
        var isUseful = [Bool](repeating: false, count: parts.count)
        for (zone, possible) in zip(zones, possible) where reach.isUseful(possible) { isUseful[zone.part] = true }
        keepParts(matching: isUseful)
    }
}
