import Storage

/// An event as a walk along links sees it.
struct EventNode {
    /// What tells an event from every other, and orders them.
    struct Place: Hashable, Comparable {
        var time: Int64
        var sequence: UInt64

        static func < (left: Place, right: Place) -> Bool {
            (left.time, left.sequence) < (right.time, right.sequence)
        }
    }

    /// A span of a trace.
    struct Span: Hashable {
        var trace: String
        var id: String
    }

    var place: Place
    var eventId: String?
    var traceId: String?
    var spanId: String?
    var parentSpanId: String?
    var causedBy: String?
    /// What is shown of it: see ``EventNodes/shownFields``.
    var shown: [String?]
    /// What it has changed.
    var changed: [StateEntity] = []
    /// What it belongs to: what it has changed, and of a failure its service and host.
    var entities: [StateEntity] = []
    /// An event that tells of a failure.
    var isFailing: Bool
    /// The walk does not go on behind it.
    var endsWalk: Bool
    /// It is part of the answer.
    var isWanted: Bool

    var span: Span? {
        guard let traceId, let spanId else { return nil }
        return Span(trace: traceId, id: spanId)
    }

    /// No span is its own parent.
    var parentSpan: Span? {
        guard let traceId, let parentSpanId, parentSpanId != spanId, !parentSpanId.isEmpty else { return nil }
        return Span(trace: traceId, id: parentSpanId)
    }
}
