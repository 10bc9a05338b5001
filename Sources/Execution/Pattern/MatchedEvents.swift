/// The events of matches, one behind the other, as an answer tells them.
struct MatchedEvents {
    var events: [PatternEvent] = []
    /// The place of each event's match, of its lane, and the position at which it was taken.
    var matches: [Int32] = []
    var lanes: [UInt8] = []
    var positions: [Int32] = []

    init() {}

    init(joining parts: [MatchedEvents]) {
        guard parts.count != 1 else {
            self = parts[0]
            return
        }
        let count = parts.reduce(0) { $0 + $1.events.count }
        events.reserveCapacity(count)
        matches.reserveCapacity(count)
        lanes.reserveCapacity(count)
        positions.reserveCapacity(count)
        for part in parts {
            events += part.events
            matches += part.matches
            lanes += part.lanes
            positions += part.positions
        }
    }
}
