import Columns

/// What is known of a workload that its events do not say: who calls whom, and what caused the incidents.
public struct WorkloadTruth: Sendable {
    /// An incident whose events have been written.
    public struct Incident: Sendable {
        public var id: String
        public var fault: String
        public var exception: String
        public var rootService: String
        /// When it was triggered, when the hosts showed first signs, when requests failed, when it was over.
        public var triggered: Int64
        public var onset: Int64
        public var failing: Int64
        public var end: Int64
        public var trigger: Trigger?
        public var affected: [Affected]
        public var errorCount: Int
        public var samples: [Sample]

        /// The sample of the service that is the most calls away from the cause.
        public var furthestSample: Sample? {
            let depths = Dictionary(uniqueKeysWithValues: affected.map { ($0.service, $0.depth) })
            return samples.max { depths[$0.service, default: 0] < depths[$1.service, default: 0] }
        }
    }

    /// The event that brought an incident about.
    public struct Trigger: Sendable {
        public var eventType: String
        public var eventId: String
        public var time: Int64
        /// The new version of a deploy, the key of a setting.
        public var detail: String
    }

    /// A service that failed in an incident.
    public struct Affected: Sendable {
        public var service: String
        public var depth: Int
        public var onset: Int64
    }

    /// An error that was passed on, and where it began.
    public struct Sample: Sendable {
        public var eventId: String
        public var traceId: String
        public var spanId: String
        public var service: String
        public var rootSpanId: String
        public var rootEventId: String
        public var rootService: String
    }

    public var eventCount: Int
    public var byteCount: Int
    public var seed: UInt64
    public var start: Int64
    public var services: [(name: String, calls: [String])]
    public var hostCount: Int
    public var incidents: [Incident]
}

extension FleetWorkload {
    /// What is known of the events so far.
    public var truth: WorkloadTruth {
        WorkloadTruth(
            eventCount: eventCount, byteCount: byteCount, seed: options.seed, start: options.start,
            services: fleet.services.map { it in (it.name, it.calls.map { fleet.services[$0].name }) },
            hostCount: fleet.hosts.count, incidents: incidents.map(known))
    }

    private func known(_ incident: Incident) -> WorkloadTruth.Incident {
        let name = { fleet.services[$0].name }
        return WorkloadTruth.Incident(
            id: incident.id, fault: incident.fault.name, exception: Fault.exceptions[incident.fault.exception].name,
            rootService: name(incident.service), triggered: incident.triggered, onset: incident.onset,
            failing: incident.failing, end: incident.end,
            trigger: incident.trigger.map {
                .init(eventType: $0.eventType, eventId: hex($0.eventId), time: $0.time, detail: $0.detail)
            },
            affected: incident.affected.map { .init(service: name($0.service), depth: $0.depth, onset: $0.onset) },
            errorCount: incident.errorCount,
            samples: incident.samples.map {
                .init(
                    eventId: hex($0.eventId), traceId: hex($0.traceId.high) + hex($0.traceId.low),
                    spanId: hex($0.spanId), service: name($0.service), rootSpanId: hex($0.rootSpanId),
                    rootEventId: hex($0.rootEventId), rootService: name($0.rootService))
            })
    }

    private func hex(_ number: UInt64) -> String {
        var bytes: [UInt8] = []
        HexNumberText.append(number, isUpper: false, digits: 16, to: &bytes)
        return String(decoding: bytes, as: UTF8.self)
    }
}
