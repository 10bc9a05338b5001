import TimeQL

/// The links of events that have been read.
struct TraverseLinks {
    let events: EventNodes
    let entityLinks: EntityLinks
    let kinds: Set<TraverseStatement.Link>

    /// What led to an event.
    func causes(of effect: Int) -> [EventLink] {
        let node = events.nodes[effect]
        var links: [EventLink] = []
        func add(_ cause: Int?, _ kind: TraverseStatement.Link, _ confidence: Double) {
            links.add(cause, effect, kind, confidence)
        }
        if kinds.contains(.cause), let id = node.causedBy {
            for cause in events.ofEventId[id] ?? [] { add(cause, .cause, EventLink.causeConfidence) }
        }
        for cause in entityLinks.causes(of: effect) { add(cause, .entity, EventLink.entityConfidence) }
        if kinds.contains(.trace), let span = node.span {
            if events.opening(of: span) == effect {
                add(
                    events.parent(of: span).flatMap { events.opening(of: $0) }, .trace, EventLink.callConfidence)
            } else {
                add(events.opening(of: span), .trace, EventLink.spanConfidence)
            }
            if node.isFailing {
                for child in events.children[span] ?? [] {
                    add(events.lastFailure(of: child, upTo: node.place), .trace, EventLink.failureConfidence)
                }
            }
        }
        return links
    }

    /// What came of an event.
    func effects(of cause: Int) -> [EventLink] {
        let node = events.nodes[cause]
        var links: [EventLink] = []
        func add(_ effect: Int?, _ kind: TraverseStatement.Link, _ confidence: Double) {
            links.add(cause, effect, kind, confidence)
        }
        if kinds.contains(.cause), let id = node.eventId {
            for effect in events.ofCause[id] ?? [] { add(effect, .cause, EventLink.causeConfidence) }
        }
        for effect in entityLinks.effects(of: cause) { add(effect, .entity, EventLink.entityConfidence) }
        if kinds.contains(.trace), let span = node.span {
            if events.opening(of: span) == cause {
                for child in events.children[span] ?? [] {
                    add(events.opening(of: child), .trace, EventLink.callConfidence)
                }
                for effect in events.ofSpan[span] ?? [] { add(effect, .trace, EventLink.spanConfidence) }
            }
            if node.isFailing, let parent = events.parent(of: span) {
                // Until the span fails again.
                let next = events.nextFailure(behind: cause)
                for effect in events.failures(of: parent, from: node.place, before: next) {
                    add(effect, .trace, EventLink.failureConfidence)
                }
            }
        }
        return links
    }
}

extension [EventLink] {
    /// Nothing is its own cause.
    fileprivate mutating func add(
        _ cause: Int?, _ effect: Int?, _ kind: TraverseStatement.Link, _ confidence: Double
    ) {
        guard let cause, let effect, cause != effect else { return }
        append(EventLink(cause: cause, effect: effect, kind: kind, confidence: confidence))
    }
}
