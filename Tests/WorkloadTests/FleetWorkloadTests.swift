import Testing

@testable import Workload

struct FleetWorkloadTests {
    private static func lines(_ options: WorkloadOptions) -> (lines: [String], truth: WorkloadTruth) {
        var workload = FleetWorkload(options)
        var bytes: [UInt8] = []
        while let chunk = workload.next() { bytes += chunk }
        return (String(decoding: bytes, as: UTF8.self).split(separator: "\n").map(String.init), workload.truth)
    }

    /// The text of a member that is a string.
    private static func member(_ name: String, of line: String) -> String? {
        let parts = line.split(separator: "\"\(name)\":\"", maxSplits: 1, omittingEmptySubsequences: false)
        return parts.count == 2 ? String(parts[1].prefix { $0 != "\"" }) : nil
    }

    @Test("the same options give the same bytes, another seed gives others")
    func determinism() {
        let options = WorkloadOptions(eventCount: 3_000, seed: 5)
        let first = Self.lines(options).lines
        #expect(first == Self.lines(options).lines)
        #expect(first != Self.lines(WorkloadOptions(eventCount: 3_000, seed: 6)).lines)
    }

    @Test("there are as many events as were asked for", arguments: [0, 1, 2, 9_999, 25_000])
    func counts(count: Int) {
        let (lines, truth) = Self.lines(WorkloadOptions(eventCount: count, eventsPerSecond: 2_000))
        #expect(lines.count == count)
        #expect(truth.eventCount == count)
        #expect(truth.byteCount == lines.reduce(0) { $0 + $1.utf8.count + 1 })
    }

    @Test("the rate is about what was asked for", arguments: [5.0, 115, 3_000])
    func rate(eventsPerSecond: Double) throws {
        let count = Int(eventsPerSecond * 900)
        let options = WorkloadOptions(
            eventCount: min(count, 60_000), eventsPerSecond: eventsPerSecond, incidentCount: 0, lateShare: 0)
        let last = try #require(Self.lines(options).lines.last)
        let text = try #require(Self.member("timestamp", of: last))
        let parts = text.split(separator: "T")[1].prefix(8).split(separator: ":").compactMap { Double($0) }
        let seconds = parts[0] * 3600 + parts[1] * 60 + parts[2]
        let expected = Double(options.eventCount) / eventsPerSecond
        #expect(seconds > expected * 0.8 && seconds < expected * 1.25, "\(seconds) for \(expected)")
    }

    @Test("every kind of event of a fleet is there, and every event has its id once")
    func kinds() {
        let lines = Self.lines(WorkloadOptions(eventCount: 40_000, eventsPerSecond: 20)).lines
        let kinds = Set(lines.compactMap { Self.member("eventType", of: $0) })
        #expect(
            kinds == [
                "http.request", "http.response", "log", "error", "db.query", "cache.op", "queue.publish",
                "queue.consume", "metric", "state.change", "deploy", "config.change",
            ])
        #expect(Set(lines.compactMap { Self.member("eventId", of: $0) }).count == lines.count)
    }

    @Test("every parent is a span that is there, and every cause an event")
    func links() {
        let lines = Self.lines(WorkloadOptions(eventCount: 20_000, lateShare: 0)).lines
        let spans = Set(lines.compactMap { Self.member("spanId", of: $0) })
        let events = Set(lines.compactMap { Self.member("eventId", of: $0) })
        // What was under way when the last event came has parents that are not told yet.
        let settled = lines.dropLast(2_000)
        let missing = settled.compactMap { Self.member("parentSpanId", of: $0) }.filter { !spans.contains($0) }
        #expect(missing.isEmpty)
        let causes = settled.compactMap { Self.member("causedBy", of: $0) }
        #expect(!causes.isEmpty)
        #expect(causes.allSatisfy(events.contains))
    }

    @Test("the truth names events that are there: the trigger, the errors and the first of them")
    func truth() throws {
        let (lines, truth) = Self.lines(WorkloadOptions(eventCount: 60_000, incidentCount: 3))
        #expect(truth.incidents.count == 3)
        var byId: [String: String] = [:]
        for line in lines { byId[try #require(Self.member("eventId", of: line))] = line }
        for incident in truth.incidents {
            let trigger = try #require(incident.trigger)
            let first = try #require(byId[trigger.eventId])
            #expect(Self.member("service", of: first) == incident.rootService)
            #expect(Self.member("eventType", of: first) == trigger.eventType)
            #expect(incident.triggered < incident.onset && incident.onset < incident.failing)
            #expect(incident.failing < incident.end)
            #expect(incident.errorCount > 10)
            #expect(!incident.samples.isEmpty)
            for sample in incident.samples {
                let root = try #require(byId[sample.rootEventId])
                #expect(Self.member("service", of: root) == incident.rootService)
                #expect(Self.member("exception", of: root) == incident.exception)
                #expect(Self.member("spanId", of: root) == sample.rootSpanId)
                let error = try #require(byId[sample.eventId])
                #expect(Self.member("traceId", of: error) == sample.traceId)
                #expect(Self.member("traceId", of: root) == sample.traceId)
            }
        }
    }

    @Test("late events come after events of later times, others nearly in order of time")
    func lateness() throws {
        func inversions(_ share: Double) -> Int {
            let times = Self.lines(WorkloadOptions(eventCount: 10_000, lateShare: share)).lines
                .compactMap { Self.member("timestamp", of: $0) }
            var latest = ""
            var count = 0
            for time in times {
                // A second later than one that came before.
                if String(time.prefix(18)) < String(latest.prefix(18)) { count += 1 }
                latest = max(latest, time)
            }
            return count
        }
        #expect(inversions(0) < 30)
        #expect(inversions(0.2) > 300)
    }
}
