import Columns

extension WorkloadTruth {
    /// The truth as JSON, one incident on each line.
    public var json: [UInt8] {
        let services = services.map { service in
            let calls = service.calls.map { #""\#($0)""# }.joined(separator: ",")
            return #""\#(service.name)":[\#(calls)]"#
        }
        let text = """
            {"events":\(eventCount),"bytes":\(byteCount),"seed":\(seed),"start":"\(time(start))","hosts":\(hostCount),
            "services":{\(services.joined(separator: ",\n"))},
            "incidents":[\(incidents.map(text).joined(separator: ",\n"))]}

            """
        return Array(text.utf8)
    }

    private func text(_ incident: Incident) -> String {
        let trigger = incident.trigger.map {
            #"{"eventType":"\#($0.eventType)","eventId":"\#($0.eventId)","time":"\#(time($0.time))","detail":"\#($0.detail)"}"#
        }
        let affected = incident.affected.map {
            #"{"service":"\#($0.service)","depth":\#($0.depth),"onset":"\#(time($0.onset))"}"#
        }
        let samples = incident.samples.map {
            #"{"eventId":"\#($0.eventId)","traceId":"\#($0.traceId)","spanId":"\#($0.spanId)","service":"\#($0.service)","#
                + #""rootSpanId":"\#($0.rootSpanId)","rootEventId":"\#($0.rootEventId)","#
                + #""rootService":"\#($0.rootService)"}"#
        }
        return #"{"id":"\#(incident.id)","fault":"\#(incident.fault)","exception":"\#(incident.exception)","#
            + #""rootService":"\#(incident.rootService)","triggered":"\#(time(incident.triggered))","#
            + #""onset":"\#(time(incident.onset))","failing":"\#(time(incident.failing))","end":"\#(time(incident.end))","#
            + #""errors":\#(incident.errorCount),"trigger":\#(trigger ?? "null"),"#
            + #""affected":[\#(affected.joined(separator: ","))],"samples":[\#(samples.joined(separator: ","))]}"#
    }

    private func time(_ nanoseconds: Int64) -> String { TimestampText.utc(nanoseconds) }
}
