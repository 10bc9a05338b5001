/// One request: it goes down its tree of calls, and every service on the way says what it did.
struct RequestStory {
    struct Failure {
        /// The place in `Fault.exceptions`.
        var exception: Int
        /// Where it began.
        var rootService: Int
        var rootSpanId: UInt64
        var rootEventId: UInt64 = 0
        /// The error of the last span that failed by it.
        var eventId: UInt64 = 0
        /// The place of the incident that it belongs to.
        var incident: Int?
    }

    struct Outcome {
        var end: Int64
        var failure: Failure?
    }

    let fleet: Fleet
    let plan: CallPlan
    let traceId: TraceId
    let subject: MessageTemplate.Subject
    let agent: Int
    /// What goes wrong by itself.
    static let failureShare = 0.0012
    /// How often a caller fails with what it called.
    static let cascadeShare = 0.87

    /// Runs the node of the plan from `start`, as a child of the span `parent`.
    func run(
        _ nodeIndex: Int, parent: Span?, start: Int64, _ incidents: inout [Incident], _ lines: inout EventLines,
        _ dice: inout Dice
    ) -> Outcome {
        let node = plan.nodes[nodeIndex]
        let span = Span(
            id: dice.bits(), parent: parent?.id, service: node.service, host: fleet.anyHost(of: node.service, &dice),
            start: start)
        let operation = node.operation.map { fleet.services[node.service].operations[$0] }
        let entity = dice.whole(10_000_000...13_999_999)
        let incident = incidents.firstIndex { $0.fails(node.service, at: start) }
        if let operation { request(span, operation, entity, callerOf: parent, &lines, &dice) }

        var clock = start
        var failure: Failure?
        let slowness = incident == nil ? 1 : dice.number(2...8)
        let work = (operation?.work ?? 8) * slowness / Double(node.steps.count + 1)
        for step in node.steps {
            clock += Self.nanoseconds(dice.skewed(work, 0.5))
            switch step {
            case .log(let site): log(span, site, clock, &lines, &dice)
            case .cache(let key): clock = cache(span, key, entity, clock, &lines, &dice)
            case .query(let statement): clock = query(span, statement, clock, slowness, &lines, &dice)
            case .call(let child):
                let outcome = run(child, parent: span, start: clock, &incidents, &lines, &dice)
                clock = outcome.end
                if let cause = outcome.failure, failure == nil, dice.chance(Self.cascadeShare) {
                    failure = cause
                    failure?.exception = Fault.upstream
                }
            case .publish(let topic, let partition, let consumer):
                let message = publish(span, topic, partition, entity, clock, &lines, &dice)
                clock += message.duration
                // Nobody waits for it.
                let lag = Self.nanoseconds(dice.skewed(30, 0.9))
                _ = run(consumer, parent: message.span, start: clock + lag, &incidents, &lines, &dice)
            }
            // Who gets an error back does no more of its work.
            if failure != nil { break }
        }
        clock += Self.nanoseconds(dice.skewed(work, 0.5))
        if failure == nil {
            if incident != nil ? dice.chance(0.45) : dice.chance(Self.failureShare) {
                let exception = incident.map { incidents[$0].fault.exception } ?? dice.below(Fault.upstream)
                failure = Failure(
                    exception: exception, rootService: node.service, rootSpanId: span.id, incident: incident)
            }
        }
        failure = failure.map { fail(span, $0, clock, &incidents, &lines, &dice) }
        if let operation {
            response(span, operation, clock, failure, &lines, &dice)
        } else {
            consumption(span, clock, &lines, &dice)
        }
        return Outcome(end: clock, failure: failure)
    }

    static func nanoseconds(_ milliseconds: Double) -> Int64 { Int64(milliseconds * 1e6) }
}

/// A part of a request's work.
struct Span {
    var id: UInt64
    var parent: UInt64?
    var service: Int
    var host: Int
    var start: Int64
}
