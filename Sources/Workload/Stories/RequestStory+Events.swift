/// The events of a request, one method for each kind.
extension RequestStory {
    func request(
        _ span: Span, _ operation: Fleet.Operation, _ entity: Int, callerOf parent: Span?, _ lines: inout EventLines,
        _ dice: inout Dice
    ) {
        begin("http.request", span, span.start, &lines, &dice)
        lines.text(#","severity":"INFO","attributes":{"#)
        lines.text(operation.members)
        lines.text(#","path":""#)
        lines.text(operation.path.before)
        if let after = operation.path.after {
            lines.number(entity)
            lines.text(after)
        }
        lines.text(#"","userId":""#)
        lines.user(subject.user)
        if let parent {
            lines.text(#"","caller":""#)
            lines.text(fleet.services[parent.service].name)
        } else {
            lines.text(#"","clientIp":""#)
            lines.address(subject.address)
            lines.text(#"","userAgent":""#)
            lines.text(Vocabulary.agents[agent])
        }
        lines.text(#"","requestBytes":"#)
        lines.number(Int(dice.skewed(330, 1.1)))
        region(span, &lines)
        lines.end(span.start, &dice)
    }

    func response(
        _ span: Span, _ operation: Fleet.Operation, _ end: Int64, _ failure: Failure?, _ lines: inout EventLines,
        _ dice: inout Dice
    ) {
        begin("http.response", span, end, &lines, &dice)
        let status =
            failure.map { $0.exception == Fault.upstream ? 503 : 500 }
            ?? (dice.chance(0.93) ? 200 : dice.pick([201, 201, 204, 304, 400, 401, 404, 404, 409, 422, 429]))
        duration(span, end, &lines)
        lines.text(#","status":"#)
        lines.number(status)
        lines.text(#","severity":""#)
        lines.text(status >= 500 ? "ERROR" : status >= 400 ? "WARN" : "INFO")
        lines.text(#"","attributes":{"#)
        lines.text(operation.members)
        lines.text(#","userId":""#)
        lines.user(subject.user)
        lines.text(#"","responseBytes":"#)
        lines.number(Int(dice.skewed(1300, 1.3)))
        region(span, &lines)
        lines.end(end, &dice)
    }

    func log(_ span: Span, _ place: Int, _ time: Int64, _ lines: inout EventLines, _ dice: inout Dice) {
        let site = fleet.services[span.service].logSites[place]
        begin("log", span, time, &lines, &dice)
        site.append(subject, to: &lines, &dice)
        lines.text(#","thread":"worker-"#)
        lines.number(dice.whole(1...64))
        lines.text(#"","userId":""#)
        lines.user(subject.user)
        lines.text(#"","env":"prod"}"#)
        lines.end(time, &dice)
    }

    func cache(
        _ parent: Span, _ key: [UInt8], _ entity: Int, _ time: Int64, _ lines: inout EventLines, _ dice: inout Dice
    ) -> Int64 {
        let span = child(of: parent, at: time, &dice)
        let end = time + Self.nanoseconds(dice.skewed(0.5, 0.5))
        begin("cache.op", span, end, &lines, &dice)
        duration(span, end, &lines)
        lines.text(#","severity":"DEBUG","attributes":{"#)
        lines.text(key)
        lines.number(entity)
        lines.text(dice.chance(0.83) ? #"","hit":true,"sizeBytes":"# : #"","hit":false,"sizeBytes":"#)
        lines.number(Int(dice.skewed(400, 1.2)))
        lines.text(#","node":"cache-"#)
        lines.number(dice.below(12))
        lines.text(#""}"#)
        lines.end(end, &dice)
        return end
    }

    func query(
        _ parent: Span, _ statement: [UInt8], _ time: Int64, _ slowness: Double, _ lines: inout EventLines,
        _ dice: inout Dice
    ) -> Int64 {
        let span = child(of: parent, at: time, &dice)
        let end = time + Self.nanoseconds(dice.skewed(3, 0.9) * slowness)
        begin("db.query", span, end, &lines, &dice)
        duration(span, end, &lines)
        lines.text(#","severity":"INFO","attributes":{"#)
        lines.text(statement)
        lines.text(#","rows":"#)
        lines.number(Int(dice.skewed(3, 1.4)))
        lines.text(#","poolInUse":"#)
        lines.number(dice.whole(1...48))
        lines.text(#","poolWaitMs":"#)
        lines.number(dice.skewed(0.2, 1), decimals: 3)
        lines.text("}")
        lines.end(end, &dice)
        return end
    }

    func publish(
        _ parent: Span, _ topic: String, _ partition: Int, _ entity: Int, _ time: Int64, _ lines: inout EventLines,
        _ dice: inout Dice
    ) -> (span: Span, duration: Int64) {
        let span = child(of: parent, at: time, &dice)
        let end = time + Self.nanoseconds(dice.skewed(1.2, 0.4))
        begin("queue.publish", span, end, &lines, &dice)
        duration(span, end, &lines)
        lines.text(#","severity":"INFO","attributes":{"topic":""#)
        lines.text(topic)
        lines.text(#"","partition":"#)
        lines.number(partition)
        lines.text(#","key":""#)
        lines.number(entity)
        lines.text(#"","sizeBytes":"#)
        lines.number(Int(dice.skewed(540, 0.8)))
        lines.text("}")
        lines.end(end, &dice)
        return (span, end - time)
    }

    func consumption(_ span: Span, _ end: Int64, _ lines: inout EventLines, _ dice: inout Dice) {
        begin("queue.consume", span, end, &lines, &dice)
        duration(span, end, &lines)
        lines.text(#","severity":"INFO","attributes":{"consumerGroup":"cg-"#)
        lines.text(fleet.services[span.service].name)
        lines.text(#"","lagMs":"#)
        lines.number(dice.skewed(30, 0.9), decimals: 2)
        lines.text("}")
        lines.end(end, &dice)
    }

    /// Writes the error of a span, and returns the failure as its caller sees it.
    func fail(
        _ span: Span, _ failure: Failure, _ time: Int64, _ incidents: inout [Incident],
        _ lines: inout EventLines, _ dice: inout Dice
    ) -> Failure {
        let exception = Fault.exceptions[failure.exception]
        let isRoot = failure.rootSpanId == span.id
        let id = begin("error", span, time, &lines, &dice)
        duration(span, time, &lines)
        lines.text(isRoot ? #","status":500"# : #","status":503,"causedBy":""#)
        if !isRoot {
            lines.hex(failure.eventId)
            lines.text(#"""#)
        }
        lines.text(#","severity":"ERROR","message":""#)
        let parts = exception.message.split(separator: "#", omittingEmptySubsequences: false)
        lines.text(String(parts[0]))
        lines.number(Int((time - span.start) / 1_000_000))
        lines.text(String(parts[1]))
        lines.text(#"","attributes":{"exception":""#)
        lines.text(exception.name)
        lines.text(#"","errorCode":"E"#)
        lines.number(1000 + failure.exception * 37 + span.service)
        lines.text(#"","userId":""#)
        lines.user(subject.user)
        lines.text(#"","stack":""#)
        lines.text(fleet.services[span.service].stacks[failure.exception])
        lines.text(#""}"#)
        lines.end(time, &dice, isInTruth: true)
        var told = failure
        told.eventId = id
        if isRoot { told.rootEventId = id }
        if let incident = failure.incident {
            incidents[incident].count(
                Incident.Sample(
                    eventId: id, traceId: traceId, spanId: span.id, service: span.service,
                    rootSpanId: told.rootSpanId, rootEventId: told.rootEventId, rootService: told.rootService))
        }
        return told
    }

    @discardableResult
    private func begin(
        _ type: String, _ span: Span, _ time: Int64, _ lines: inout EventLines, _ dice: inout Dice
    ) -> UInt64 {
        let id = lines.begin(type, time, fleet.hosts[span.host], &dice)
        lines.text(#","traceId":""#)
        lines.hex(traceId.high)
        lines.hex(traceId.low)
        lines.text(#"","spanId":""#)
        lines.hex(span.id)
        if let parent = span.parent {
            lines.text(#"","parentSpanId":""#)
            lines.hex(parent)
        }
        lines.text(#"""#)
        return id
    }

    private func child(of parent: Span, at time: Int64, _ dice: inout Dice) -> Span {
        Span(id: dice.bits(), parent: parent.id, service: parent.service, host: parent.host, start: time)
    }

    private func duration(_ span: Span, _ end: Int64, _ lines: inout EventLines) {
        lines.text(#","duration":"#)
        lines.number(Int(end - span.start))
    }

    private func region(_ span: Span, _ lines: inout EventLines) {
        lines.text(#","region":""#)
        lines.text(fleet.hosts[span.host].region)
        lines.text(#""}"#)
    }
}
