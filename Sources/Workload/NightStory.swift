/// One hour of one night, from 03:00 on the 2nd of March 2026: a deploy leaks memory, and at 03:47 requests fail.
///
/// Half an hour earlier something else went wrong and was mended, which has nothing to do with it.
public enum NightStory {
    /// Nanoseconds since 1970 of a time of the night.
    public static func time(minute: Int, second: Int = 0) -> Int64 {
        WorkloadOptions.usualStart + (3 * 3600 + Int64(minute) * 60 + Int64(second)) * 1_000_000_000
    }

    /// The events of the night; the last incident of its truth is the one that it is about.
    public static func workload(eventsPerSecond rate: Double, seed: UInt64 = 347) -> FleetWorkload {
        let options = WorkloadOptions(
            eventCount: Int(rate * 3500), seed: seed, eventsPerSecond: rate, start: time(minute: 0))
        let fleet = Fleet(seed: seed)
        var dice = Dice(seed: seed)
        let planner = IncidentPlanner(fleet: fleet, start: options.start, length: options.length)
        // Behind what customers call, and called by several.
        let candidates = fleet.services.indices.filter {
            fleet.services[$0].layer == 2 && fleet.services[$0].callers.count > 1
        }
        let earlier = planner.incident(
            "INC-1", Fault.all[1], candidates[1], time(minute: 12), 90_000_000_000, &dice)
        let cause = candidates[0]
        let failing = time(minute: 46, second: 57)
        let incident = Incident(
            id: "INC-2", fault: Fault.all[0], service: cause, triggered: time(minute: 44, second: 20),
            onset: time(minute: 44, second: 50), failing: failing, end: time(minute: 52),
            affected: planner.cascade(from: cause, at: failing, &dice))
        return FleetWorkload(options, fleet, [earlier, incident], &dice)
    }
}
