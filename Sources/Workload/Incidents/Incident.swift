/// A time in which a service fails, and others with it; times are in nanoseconds since 1970.
struct Incident {
    struct Affected {
        var service: Int
        /// How many calls away from the cause it is.
        var depth: Int
        var onset: Int64
    }

    struct Trigger {
        var eventType: String
        var eventId: UInt64
        var time: Int64
        /// The new version or the setting.
        var detail: String
    }

    struct Sample {
        var eventId: UInt64
        var traceId: TraceId
        var spanId: UInt64
        var service: Int
        var rootSpanId: UInt64
        var rootEventId: UInt64
        var rootService: Int
    }

    var id: String
    var fault: Fault
    var service: Int
    /// When it is triggered, when hosts show first signs, when requests fail, when it is over.
    var triggered: Int64
    var onset: Int64
    var failing: Int64
    var end: Int64
    var affected: [Affected]

    var trigger: Trigger?
    /// What ran before the deploy that brought it about.
    var versionBefore: Fleet.Version?
    var errorCount = 0
    var samples: [Sample] = []
    static let sampleLimit = 6

    /// Counts an error that belongs to the incident. The first ones that were passed on are kept as samples.
    mutating func count(_ error: Sample) {
        errorCount += 1
        if samples.count < Self.sampleLimit, error.spanId != error.rootSpanId { samples.append(error) }
    }

    func fails(_ service: Int, at time: Int64) -> Bool { service == self.service && time >= failing && time < end }
}

struct TraceId {
    var high: UInt64
    var low: UInt64
}
