/// Leads events through the states of a pattern, in their order, for each key on its own.
///
/// An event is looked at once. At each position whose condition it fulfils one run goes on: that which comes first by
/// the order of Docs/TimeQL.md, 11.3, of all that may. Whatever comes then, no other could lead to a match that comes
/// before one of its, so no other is followed.
struct PatternMatcher {
    /// A match, or a run that ran out of time.
    struct Match {
        var run: Int32
        /// When it ended, or ran out of time.
        var end: Int64
        var isPartial = false
        /// Whether it ended with an absence, behind all events of that time.
        var endsWithAbsence = false
    }

    private let tables: PatternTables
    private let nodes: [PatternAutomaton.Node]
    let isOverlapping: Bool
    let tellsPartial: Bool
    private let canContinue: Bool

    var waiting: WaitingRuns
    private(set) var matches: [Match] = []
    /// Matches that may go on, by their keys.
    private var open: [Int32: Match] = [:]
    /// No later than until when some run of a key may wait.
    private var waitsUntil: [Int64] = []
    private var taken: [WaitingRuns.Run] = []

    init(_ automaton: PatternAutomaton, isOverlapping: Bool, tellsPartial: Bool) {
        tables = PatternTables(automaton)
        nodes = automaton.nodes
        self.isOverlapping = isOverlapping
        self.tellsPartial = tellsPartial
        canContinue = !isOverlapping && tables.canContinue
        waiting = WaitingRuns(automaton)
    }

    /// Whether matches are found in the order of their ends.
    var findsInOrder: Bool { tables.gates.isEmpty && !canContinue && !tellsPartial }

    var byteCount: Int { waiting.byteCount + matches.count * MemoryLayout<Match>.stride }

    /// Each key has two automata: one finds matches, the other goes on with a match that is whole.
    private func finding(_ key: Int32) -> Int { Int(key) * 2 }
    private func continuing(_ key: Int32) -> Int { Int(key) * 2 + 1 }

    mutating func add(_ event: PatternEvent) {
        if !tables.gates.isEmpty || tellsPartial { passTime(event.key, before: event.time) }
        if canContinue, open[event.key] != nil, let end = step(event, continuing(event.key), begins: false) {
            finish(end, at: event.time, event.key, goesOn: true)
            return
        }
        if let end = step(event, finding(event.key), begins: true) {
            finish(end, at: event.time, event.key, goesOn: false)
        }
    }

    /// What happens without events before a time that is known to have come.
    mutating func passTime(_ key: Int32, before time: Int64) {
        if !tables.gates.isEmpty { openGates(key, before: time) }
        if tellsPartial { giveUp(key, before: time) }
    }

    /// Tells what was waited for at the end of all events.
    mutating func finish(keyCount: Int, before time: Int64) {
        for key in 0..<Int32(keyCount) { passTime(key, before: time) }
        for key in open.keys.sorted() { if let match = open[key] { matches.append(match) } }
        open = [:]
    }

    // Events.

    /// Takes an event at all positions that it is for; the run of a match that it ends, if it ends any.
    private mutating func step(_ event: PatternEvent, _ instance: Int, begins: Bool) -> WaitingRuns.Run? {
        let condition = event.bits.trailingZeroBitCount
        let places = tables.positionsOfCondition.places(of: condition)
        if places.count == 1, event.bits & (event.bits &- 1) == 0,
            tables.exclusionsOfCondition.places(of: condition).isEmpty
        {
            let place = tables.positionsOfCondition.elements[places.lowerBound]
            guard let run = take(event, at: place, instance, begins: begins) else { return nil }
            let isEnd = tables.isAccepting[Int(place)]
            if !isEnd || isOverlapping { wait(run, instance) }
            guard !isEnd else { return run }
            waiting.arena.release(run.run)
            return nil
        }
        return stepManyWays(event, instance, begins: begins)
    }

    private mutating func stepManyWays(_ event: PatternEvent, _ instance: Int, begins: Bool) -> WaitingRuns.Run? {
        taken.removeAll(keepingCapacity: true)
        var bits = event.bits
        while bits != 0 {
            for index in tables.positionsOfCondition.places(of: bits.trailingZeroBitCount) {
                let place = tables.positionsOfCondition.elements[index]
                if let run = take(event, at: place, instance, begins: begins) { taken.append(run) }
            }
            bits &= bits &- 1
        }
        if event.bits.nonzeroBitCount > 1 { taken.sort { $0.source < $1.source } }
        bits = event.bits
        while bits != 0 {
            for index in tables.exclusionsOfCondition.places(of: bits.trailingZeroBitCount) {
                waiting.exclude(tables.exclusionsOfCondition.elements[index], of: instance, time: event.time)
                waitsLess(instance)
            }
            bits &= bits &- 1
        }
        var end: WaitingRuns.Run?
        for run in taken where tables.isAccepting[Int(run.source)] {
            if end == nil || tables.totalLimit != nil && run.start > end?.start ?? .min { end = run }
        }
        if end == nil || isOverlapping {
            for run in taken { wait(run, instance) }
        }
        if let end { waiting.arena.retain(end.run) }
        for run in taken { waiting.arena.release(run.run) }
        return end
    }

    /// The run that an event is taken by at a position, if any may go on there or begin; the caller lets it go.
    private mutating func take(
        _ event: PatternEvent, at place: Int32, _ instance: Int, begins: Bool
    ) -> WaitingRuns.Run? {
        var found: WaitingRuns.Run?
        for index in tables.ways.places(of: Int(place)) {
            let way = tables.ways.elements[index]
            let run: WaitingRuns.Run
            if way == PatternAutomaton.start {
                guard begins else { continue }
                run = WaitingRuns.Run(moment: event.time, start: event.time, run: RunArena.none, source: place)
            } else {
                guard let first = waiting.first(at: way, of: instance, time: event.time) else { continue }
                run = first
            }
            if found == nil || run.start > found?.start ?? .min { found = run }
            if tables.totalLimit == nil { break }
        }
        guard let found else { return nil }
        let run = waiting.arena.add(event, at: place, behind: found.run)
        return WaitingRuns.Run(moment: event.time, start: found.start, run: run, source: place)
    }

    private mutating func wait(_ run: WaitingRuns.Run, _ instance: Int) {
        for index in tables.followers.places(of: tables.source(run.source)) {
            let node = tables.followers.elements[index]
            waiting.push(run, at: node, of: instance)
            guard tellsPartial, instance % 2 == 0 else { continue }
            while waitsUntil.count <= instance / 2 { waitsUntil.append(.min) }
            waitsUntil[instance / 2] = max(waitsUntil[instance / 2], waiting.limit(of: run, at: node))
        }
    }

    // Matches.

    /// A match is whole. Its run is known to the match from here on.
    private mutating func finish(_ end: WaitingRuns.Run, at moment: Int64, _ key: Int32, goesOn: Bool) {
        let match = Match(run: end.run, end: moment, endsWithAbsence: end.source < 0)
        guard !isOverlapping else {
            matches.append(match)
            return
        }
        if canContinue, let known = open.removeValue(forKey: key) {
            if goesOn { waiting.arena.release(known.run) } else { matches.append(known) }
        }
        waiting.clear(finding(key))
        waitsLess(finding(key))
        waiting.clear(continuing(key))
        let nodes = tables.continuations.places(of: tables.source(end.source))
        guard !nodes.isEmpty else {
            matches.append(match)
            return
        }
        open[key] = match
        for index in nodes { waiting.push(end, at: tables.continuations.elements[index], of: continuing(key)) }
    }

    // Time.

    /// Lets the runs go on whose gates have opened.
    private mutating func openGates(_ key: Int32, before time: Int64) {
        while true {
            var first: (moment: Int64, run: WaitingRuns.Run, gate: Int32, instance: Int)?
            for instance in [continuing(key), finding(key)] {
                for gate in tables.gates {
                    guard let run = waiting.firstAtGate(gate, of: instance) else { continue }
                    let moment = WaitingRuns.later(run.moment, by: nodes[Int(gate)].most)
                    guard moment < time, first.map({ comesBefore(moment, run, $0.moment, $0.run) }) ?? true else {
                        continue
                    }
                    first = (moment, run, gate, instance)
                }
            }
            guard let first, var run = waiting.takeFirst(atGate: first.gate, of: first.instance) else { return }
            waitsLess(first.instance)
            run.moment = first.moment
            run.source = ~first.gate
            let isAccepting = tables.isAccepting[tables.source(run.source)]
            let isInTime = tables.totalLimit.map { run.start >= WaitingRuns.earlier(first.moment, by: $0) } ?? true
            if !isAccepting || !isInTime || isOverlapping { wait(run, first.instance) }
            if isAccepting, isInTime {
                finish(run, at: first.moment, key, goesOn: first.instance == continuing(key))
            } else {
                waiting.arena.release(run.run)
            }
        }
    }

    private func comesBefore(
        _ moment: Int64, _ run: WaitingRuns.Run, _ otherMoment: Int64, _ other: WaitingRuns.Run
    ) -> Bool {
        guard moment == otherMoment else { return moment < otherMoment }
        let (event, otherEvent) = (waiting.arena[run.run].event, waiting.arena[other.run].event)
        return (event.time, event.sequence, event.part) < (otherEvent.time, otherEvent.sequence, otherEvent.part)
    }

    // Runs that ran out of time.

    /// A run waits no more.
    private mutating func waitsLess(_ instance: Int) {
        if tellsPartial, instance % 2 == 0, instance / 2 < waitsUntil.count { waitsUntil[instance / 2] = .min }
    }

    /// Tells the run that might have waited longest, when none may wait still.
    private mutating func giveUp(_ key: Int32, before time: Int64) {
        guard Int(key) < waitsUntil.count, waitsUntil[Int(key)] < time,
            let (run, until) = waiting.longest(of: finding(key))
        else { return }
        waitsUntil[Int(key)] = until
        guard until < time else { return }
        waiting.arena.retain(run.run)
        matches.append(Match(run: run.run, end: until, isPartial: true))
        waiting.clear(finding(key))
    }
}
