/// The events of matches, one behind the other, as an answer tells them.
struct MatchedEvents {
    var events: [PatternEvent] = []
    /// The place of each event's match, of its lane, and the position at which it was taken.
    var matches: [Int32] = []
    var lanes: [UInt8] = []
    var positions: [Int32] = []
}
