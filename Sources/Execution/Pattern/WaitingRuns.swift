/// The runs that wait at the nodes of one automaton after the other: at each a queue in the order of time.
///
/// A queue begins with runs that have waited for long enough, the one that comes first first, and each of those behind
/// it would come first were it not for those before it. Behind them are runs that must wait still.
struct WaitingRuns {
    struct Run {
        /// When it took its last event, or left a gate.
        var moment: Int64
        /// When it took its first event.
        var start: Int64
        var run: Int32
        /// The position or, as a complement, the gate that it comes from.
        var source: Int32
        fileprivate var before = WaitingRuns.none
        fileprivate var behind = WaitingRuns.none

        init(moment: Int64, start: Int64, run: Int32, source: Int32) {
            self.moment = moment
            self.start = start
            self.run = run
            self.source = source
        }
    }

    private struct Queue {
        var first = WaitingRuns.none
        var last = WaitingRuns.none
        /// The first that must wait still.
        var firstYoung = WaitingRuns.none
    }

    private static let none: Int32 = -1
    static let runByteCount = MemoryLayout<Run>.stride

    private let nodes: [PatternAutomaton.Node]
    private let totalLimit: Int64?
    /// Nodes at which one run waits at most, the last that came.
    private let keepsLast: [Bool]
    var arena = RunArena()

    private var queues: [Queue] = []
    /// Where the queues of an automaton begin.
    private var blocks: [Int32] = []
    private var runs: [Run] = []
    private var firstFree = Self.none

    init(_ automaton: PatternAutomaton) {
        nodes = automaton.nodes
        totalLimit = automaton.totalLimit
        keepsLast = nodes.map {
            automaton.totalLimit == nil && $0.least == 0 && $0.gate == nil && !$0.prefersEarlier
        }
    }

    var byteCount: Int {
        runs.count * Self.runByteCount + arena.entries.count * RunArena.entryByteCount
            + queues.count * MemoryLayout<Queue>.stride + blocks.count * 4
    }

    /// What lies so far before a time.
    static func earlier(_ time: Int64, by length: Int64) -> Int64 {
        let (difference, overflows) = time.subtractingReportingOverflow(length)
        return overflows ? .min : difference
    }

    static func later(_ time: Int64, by length: Int64) -> Int64 {
        let (sum, overflows) = time.addingReportingOverflow(length)
        return overflows ? .max : sum
    }

    private func queue(_ instance: Int, _ node: Int32) -> Int? {
        guard instance < blocks.count, blocks[instance] >= 0 else { return nil }
        return Int(blocks[instance]) + Int(node)
    }

    // In.

    mutating func push(_ run: Run, at node: Int32, of instance: Int) {
        while blocks.count <= instance { blocks.append(Self.none) }
        if blocks[instance] < 0 {
            blocks[instance] = Int32(queues.count)
            for _ in nodes { queues.append(Queue()) }
        }
        let queue = Int(blocks[instance]) + Int(node)
        if keepsLast[Int(node)], case let first = queues[queue].first, first >= 0 {
            // The one that waits is no longer needed, and its place is taken.
            guard !isSameEvent(run, runs[Int(first)]) else { return }
            arena.retain(run.run)
            arena.release(runs[Int(first)].run)
            runs[Int(first)] = run
            runs[Int(first)].before = Self.none
            runs[Int(first)].behind = Self.none
            return
        }
        // What nobody has asked for meanwhile does not pile up.
        if nodes[Int(node)].gate == nil { pass(to: run.moment, queue, nodes[Int(node)]) }
        let place = append(run, to: queue)
        if nodes[Int(node)].gate != nil {
            settleAtGate(place, in: queue)
        } else if nodes[Int(node)].least > 0 {
            if queues[queue].firstYoung < 0 { queues[queue].firstYoung = place }
        } else {
            settle(place, in: queue, nodes[Int(node)])
        }
    }

    private mutating func append(_ run: Run, to queue: Int) -> Int32 {
        arena.retain(run.run)
        var place = firstFree
        if place >= 0 {
            firstFree = runs[Int(place)].behind
            runs[Int(place)] = run
        } else {
            place = Int32(runs.count)
            runs.append(run)
        }
        let last = queues[queue].last
        runs[Int(place)].before = last
        runs[Int(place)].behind = Self.none
        if last >= 0 { runs[Int(last)].behind = place } else { queues[queue].first = place }
        queues[queue].last = place
        return place
    }

    /// Compares a run that has waited for long enough now with those before it.
    private mutating func settle(_ place: Int32, in queue: Int, _ node: PatternAutomaton.Node) {
        let run = runs[Int(place)]
        while case let before = runs[Int(place)].before, before >= 0 {
            let other = runs[Int(before)]
            let hasLaterStart = totalLimit != nil && run.start > other.start
            let isLikeIt = !node.prefersEarlier && (totalLimit == nil || run.start == other.start)
            let isSameEvent = isSameEvent(run, other)
            guard hasLaterStart || isLikeIt && !isSameEvent else {
                // What comes later and may wait no longer than another is not needed.
                if isSameEvent || node.most == .max { remove(place, from: queue) }
                return
            }
            remove(before, from: queue)
        }
    }

    /// Of runs with one last event one waits at a gate.
    private mutating func settleAtGate(_ place: Int32, in queue: Int) {
        let run = runs[Int(place)]
        guard run.before >= 0, case let other = runs[Int(run.before)], isSameEvent(run, other) else { return }
        remove(totalLimit != nil && run.start > other.start ? run.before : place, from: queue)
    }

    private func isSameEvent(_ run: Run, _ other: Run) -> Bool {
        let (event, otherEvent) = (arena[run.run].event, arena[other.run].event)
        return run.moment == other.moment && (run.source < 0) == (other.source < 0)
            && event.sequence == otherEvent.sequence && event.part == otherEvent.part
    }

    // Out.

    private mutating func remove(_ place: Int32, from queue: Int) {
        let (run, before, behind) = (runs[Int(place)].run, runs[Int(place)].before, runs[Int(place)].behind)
        if before >= 0 { runs[Int(before)].behind = behind } else { queues[queue].first = behind }
        if behind >= 0 { runs[Int(behind)].before = before } else { queues[queue].last = before }
        if queues[queue].firstYoung == place { queues[queue].firstYoung = behind }
        runs[Int(place)].behind = firstFree
        firstFree = place
        arena.release(run)
    }

    /// The run that goes on first from a node at a time.
    mutating func first(at node: Int32, of instance: Int, time: Int64) -> Run? {
        guard let queue = queue(instance, node), queues[queue].first >= 0 else { return nil }
        pass(to: time, queue, nodes[Int(node)])
        let first = queues[queue].first
        guard first >= 0, first != queues[queue].firstYoung else { return nil }
        // No other began later.
        if let totalLimit, runs[Int(first)].start < Self.earlier(time, by: totalLimit) { return nil }
        return runs[Int(first)]
    }

    /// Lets those go first at a time that have waited for long enough, and those go away that may wait no longer.
    private mutating func pass(to time: Int64, _ queue: Int, _ node: PatternAutomaton.Node) {
        if node.least > 0 {
            let latest = Self.earlier(time, by: node.least)
            while case let young = queues[queue].firstYoung, young >= 0, runs[Int(young)].moment <= latest {
                queues[queue].firstYoung = runs[Int(young)].behind
                settle(young, in: queue, node)
            }
        }
        guard node.most != .max else { return }
        let earliest = Self.earlier(time, by: node.most)
        while case let first = queues[queue].first, first >= 0, first != queues[queue].firstYoung,
            runs[Int(first)].moment < earliest
        {
            remove(first, from: queue)
        }
    }

    /// Ends the waiting of those at a node that have waited at least so long.
    mutating func exclude(_ exclusion: PatternAutomaton.Exclusion, of instance: Int, time: Int64) {
        guard let queue = queue(instance, exclusion.node) else { return }
        let latest = Self.earlier(time, by: exclusion.least)
        while case let first = queues[queue].first, first >= 0, runs[Int(first)].moment <= latest {
            remove(first, from: queue)
        }
    }

    mutating func clear(_ instance: Int) {
        guard instance < blocks.count, blocks[instance] >= 0 else { return }
        for queue in Int(blocks[instance])..<Int(blocks[instance]) + nodes.count {
            while queues[queue].first >= 0 { remove(queues[queue].first, from: queue) }
        }
    }

    /// The first to wait at a gate.
    func firstAtGate(_ gate: Int32, of instance: Int) -> Run? {
        guard let queue = queue(instance, gate), queues[queue].first >= 0 else { return nil }
        return runs[Int(queues[queue].first)]
    }

    /// Takes it from there; its run is the caller's to let go.
    mutating func takeFirst(atGate gate: Int32, of instance: Int) -> Run? {
        guard let queue = queue(instance, gate), queues[queue].first >= 0 else { return nil }
        let run = runs[Int(queues[queue].first)]
        arena.retain(run.run)
        remove(queues[queue].first, from: queue)
        return run
    }

    /// Until when a run may wait at a node.
    func limit(of run: Run, at node: Int32) -> Int64 {
        let node = nodes[Int(node)]
        let until = node.most == .max || node.gate != nil ? .max : Self.later(run.moment, by: node.most)
        return min(until, totalLimit.map { Self.later(run.start, by: $0) } ?? .max)
    }

    /// The run that may wait longest, the last of several, and until when.
    func longest(of instance: Int) -> (run: Run, until: Int64)? {
        guard instance < blocks.count, blocks[instance] >= 0 else { return nil }
        var longest: (run: Run, until: Int64)?
        for node in nodes.indices {
            var place = queues[Int(blocks[instance]) + node].first
            while place >= 0 {
                let until = limit(of: runs[Int(place)], at: Int32(node))
                if until >= longest?.until ?? .min { longest = (runs[Int(place)], until) }
                place = runs[Int(place)].behind
            }
        }
        return longest
    }
}
