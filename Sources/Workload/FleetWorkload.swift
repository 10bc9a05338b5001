/// A made-up fleet of services in production, as events: the same options give the same bytes on every machine.
public struct FleetWorkload {
    let options: WorkloadOptions
    private(set) var fleet: Fleet
    private(set) var incidents: [Incident]
    private let plan: CallPlan
    private let routes: Popularity
    private let users = Popularity(count: 200_000)
    private let agents = Popularity(count: Vocabulary.agents.count)
    private var metrics: MetricStory
    private var states = StateStory()
    private var changes: ChangeStory
    private var lines: EventLines
    private var dice: Dice
    private var clock: Int64
    /// Requests of one second of the fleet's time.
    private var requestRate = 0.0

    /// Events so far.
    public private(set) var eventCount = 0
    /// Bytes so far.
    public private(set) var byteCount = 0

    private static let stateShare = 0.03
    private static let jobShare = 0.12

    public init(_ options: WorkloadOptions) {
        let fleet = Fleet(seed: options.seed)
        var dice = Dice(seed: options.seed ^ 0x7472_6176)
        let length = options.length
        let planner = IncidentPlanner(fleet: fleet, start: options.start, length: length)
        let count = options.incidentCount ?? max(1, Int(length / 600_000_000_000))
        self.init(options, fleet, planner.plan(count, &dice), &dice)
    }

    init(_ options: WorkloadOptions, _ fleet: Fleet, _ incidents: [Incident], _ dice: inout Dice) {
        self.options = options
        self.fleet = fleet
        self.incidents = incidents
        plan = CallPlan(fleet, &dice)
        routes = Popularity(count: plan.routes.count)
        metrics = MetricStory(fleet, eventsPerSecond: options.eventsPerSecond)
        // Events that were under way when the last was written may still be asked for changes.
        let time = options.start..<options.start + options.length * 2
        changes = ChangeStory(fleet, time, incidents, &dice)
        lines = EventLines(lateShare: options.lateShare)
        clock = options.start
        self.dice = dice
        let metricRate = Double(fleet.hosts.count) / Double(metrics.interval)
        let share = 1 - Self.stateShare - Self.jobShare
        requestRate = max(options.eventsPerSecond * share - metricRate, 0.1) / eventsPerRequest()
    }

    /// Some requests told to nobody, to know how many make up the rate.
    private func eventsPerRequest() -> Double {
        var dice = Dice(seed: options.seed)
        var scratch = EventLines(lateShare: 0)
        var none: [Incident] = []
        let count = 2_000
        var eventCount = 0
        for _ in 0..<count {
            request(at: 0, &none, &scratch, &dice)
            eventCount += scratch.removeAll()
        }
        return Double(eventCount) / Double(count)
    }

    private func request(
        at time: Int64, _ incidents: inout [Incident], _ lines: inout EventLines, _ dice: inout Dice
    ) {
        let story = RequestStory(
            fleet: fleet, plan: plan, traceId: TraceId(high: dice.bits(), low: dice.bits()),
            subject: .init(
                user: 10_000_000 + users.draw(&dice), address: UInt32(truncatingIfNeeded: dice.bits()) | 1 << 24),
            agent: agents.draw(&dice))
        let route = plan.routes[routes.draw(&dice)]
        _ = story.run(dice.pick(route), parent: nil, start: time, &incidents, &lines, &dice)
    }

    /// The next lines, in the order in which they arrive; nil when all have been given.
    public mutating func next() -> [UInt8]? {
        while eventCount < options.eventCount {
            // About ten thousand events at once, or ten seconds.
            let length = Int64(min(10, 10_000 / options.eventsPerSecond) * 1e9)
            let slice = clock..<clock + max(length, 1_000_000)
            clock = slice.upperBound
            tell(slice)
            let (bytes, count) = lines.take(before: clock, limit: options.eventCount - eventCount)
            eventCount += count
            byteCount += bytes.count
            if count > 0 { return bytes }
        }
        return nil
    }

    private mutating func tell(_ slice: Range<Int64>) {
        let length = Double(slice.upperBound - slice.lowerBound)
        let seconds = length / 1e9
        let current = incidents
        changes.tell(before: slice.upperBound, &fleet, &incidents, &lines, &dice)
        metrics.tell(slice, fleet, current, &lines, &dice)
        let stateCount = dice.occurrences(options.eventsPerSecond * Self.stateShare * seconds)
        states.tell(slice, count: stateCount, fleet, current, &lines, &dice)
        let jobCount = dice.occurrences(options.eventsPerSecond * Self.jobShare * seconds)
        JobStory.tell(slice, count: jobCount, fleet, &lines, &dice)
        for _ in 0..<dice.occurrences(requestRate * seconds) {
            request(at: slice.lowerBound + Int64(dice.unit() * length), &incidents, &lines, &dice)
        }
    }
}
