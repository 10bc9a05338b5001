/// When events can be of use to a pattern: those of its matches, and those that could keep one from being.
///
/// An event is in a match only where the steps before it can have been taken before it and those behind it can be taken
/// after it, within the limits of time. What is told depends on nothing but which matches there are, unless time itself
/// leads runs on (``PatternAutomaton/gates``), conditions must hold for a while, or runs are told that time out: such
/// patterns have no reach.
struct PatternReach {
    /// Events next to one another, and the conditions that some of them may fulfil.
    struct Zone {
        var times: ClosedRange<Int64>
        var conditions: UInt64
    }

    private let automaton: PatternAutomaton
    /// For each node the positions that runs come from.
    private var sources: [[Int]]
    /// For each node the positions that runs go on to.
    private var followers: [[Int]]
    /// When events of matches can be taken at each position.
    private var taken: [TimeSpans]
    /// By the bits of conditions, when events that fulfil them are of use.
    private var useful: [TimeSpans] = []

    /// Beyond so many positions times zones it is not worth it.
    private static let workLimit = 1 << 20

    /// Nil when there is none, so that no event may be left out.
    init?(_ automaton: PatternAutomaton, among zones: [Zone]) {
        guard automaton.gates.isEmpty, automaton.positions.count * zones.count <= Self.workLimit else { return nil }
        self.automaton = automaton
        sources = Array(repeating: [], count: automaton.nodes.count)
        followers = sources
        for (place, position) in automaton.positions.enumerated() {
            for node in position.source.followers { sources[Int(node)].append(place) }
            for way in position.ways where way != PatternAutomaton.start { followers[Int(way)].append(place) }
        }
        let possible = automaton.positionsOfCondition.indices.map { condition in
            TimeSpans(zones.filter { $0.conditions >> UInt64(condition) & 1 == 1 }.map(\.times))
        }
        taken = automaton.positions.map { possible[$0.condition] }
        leaveOutUnreached()
        leaveOutUnled()
        useful = possible.indices.map { useful(condition: $0) }
    }

    func isUseful(_ zone: Zone) -> Bool {
        useful.indices.contains { zone.conditions >> UInt64($0) & 1 == 1 && useful[$0].overlaps(zone.times) }
    }

    // Positions stand in the order of the pattern, but for loops: there more is left in than need be, never less.

    /// Leaves out times that no run comes to.
    private mutating func leaveOutUnreached() {
        for (place, position) in automaton.positions.enumerated() where !position.ways.contains(PatternAutomaton.start)
        {
            let reached = position.ways.map { way in
                let (least, most) = limits(of: way)
                return spans(of: sources[Int(way)]).after(least: least, most: most)
            }
            taken[place] = taken[place].intersection(TimeSpans(union: reached))
        }
    }

    /// Leaves out times from which no run comes to an end.
    private mutating func leaveOutUnled() {
        for (place, position) in automaton.positions.enumerated().reversed() where !position.source.isAccepting {
            let leading = position.source.followers.map { node in
                let (least, most) = limits(of: node)
                return spans(of: followers[Int(node)]).before(least: least, most: most)
            }
            taken[place] = taken[place].intersection(TimeSpans(union: leading))
        }
    }

    /// When an event that fulfils a condition is one of a match, or would end the waiting of a run of one.
    private func useful(condition: Int) -> TimeSpans {
        let positions = automaton.positionsOfCondition[condition].map { taken[Int($0)] }
        let waiting = automaton.exclusionsOfCondition[condition].map { exclusion in
            let (node, most) = (Int(exclusion.node), limits(of: exclusion.node).most)
            return spans(of: sources[node]).after(least: 0, most: most)
                .intersection(spans(of: followers[node]).before(least: 0, most: most))
        }
        return TimeSpans(union: positions + waiting)
    }

    private func spans(of positions: [Int]) -> TimeSpans { TimeSpans(union: positions.map { taken[$0] }) }

    private func limits(of node: Int32) -> (least: Int64, most: Int64) {
        let node = automaton.nodes[Int(node)]
        return (node.least, min(node.most, automaton.totalLimit ?? .max))
    }
}
