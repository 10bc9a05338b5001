import Storage
import TimeQL

/// Goes from an event along links, level by level, and reads what it needs for each level at once.
struct TraverseWalk {
    /// How an event was reached.
    struct Step {
        var node: Int
        var depth: Int
        /// The product over all links on the way.
        var confidence: Double
        /// The event before it on the way, and the link from there; nil at the start.
        var from: Int?
        var kind: TraverseStatement.Link?
    }

    private let statement: TraverseStatement
    let kinds: Set<TraverseStatement.Link>
    private var scan: EventScan
    var events: EventNodes
    var entityLinks = EntityLinks()
    let entityChanges: EntityChanges
    private let options: QueryOptions
    private(set) var steps: [Step] = []
    /// What has been read, so that it is not read again.
    private var knownTraces: Set<String> = []
    private var knownEventIds: Set<String> = []
    private var knownCauses: Set<String> = []

    init(
        _ statement: TraverseStatement, over scan: EventScan, _ binder: PredicateBinder, _ changes: EntityChanges,
        _ options: QueryOptions
    ) throws(ExecutionError) {
        entityChanges = changes
        self.options = options
        self.statement = statement
        self.scan = scan
        kinds = statement.links.isEmpty ? [.trace, .cause] : Set(statement.links)
        var until: BoundPredicate?
        var condition: BoundPredicate?
        if let predicate = statement.until { until = try binder.bind(predicate) }
        if let predicate = statement.condition { condition = try binder.bind(predicate) }
        events = EventNodes(
            until: until, condition: condition, changes: kinds.contains(.entity) ? changes.mapping : nil,
            of: statement.start.range)
    }

    /// The links of all events that have been read.
    var links: TraverseLinks { TraverseLinks(events: events, entityLinks: entityLinks, kinds: kinds) }

    mutating func run() throws {
        var reached: Set<Int> = [try start()]
        var frontier = reached.map { Step(node: $0, depth: 0, confidence: 1) }
        while !frontier.isEmpty {
            steps += frontier
            guard frontier[0].depth < statement.depth?.value ?? .max else { break }
            let open = frontier.filter { $0.from == nil || !events.nodes[$0.node].endsWalk }
            try read(for: open.map(\.node))
            frontier = next(behind: open, notIn: reached)
            reached.formUnion(frontier.map(\.node))
        }
        // A graph shows all links between its events, those that the walk has not looked for, too.
        if statement.isGraph, kinds.contains(.entity) { try linkToChangesBefore(steps.map(\.node)) }
    }

    /// The best step to each event behind some others: of most confidence, then from the earliest.
    private func next(behind steps: [Step], notIn reached: Set<Int>) -> [Step] {
        var best: [Int: Step] = [:]
        for step in steps {
            func offer(_ node: Int, _ link: EventLink) {
                let confidence = step.confidence * link.confidence
                guard !reached.contains(node), confidence >= statement.leastConfidence ?? 0 else { return }
                let known = best[node]
                if let known, known.confidence >= confidence { return }
                best[node] = Step(
                    node: node, depth: step.depth + 1, confidence: confidence, from: step.node, kind: link.kind)
            }
            if statement.direction != .forward {
                for link in links.causes(of: step.node) { offer(link.cause, link) }
            }
            if statement.direction != .backward {
                for link in links.effects(of: step.node) { offer(link.effect, link) }
            }
        }
        return best.values.sorted { events.nodes[$0.node].place < events.nodes[$1.node].place }
    }

    // Reading.

    /// Events, spans and traces that the statement's id may be that of.
    static func startCondition(_ statement: TraverseStatement) -> BoundPredicate {
        let fields: [CanonicalField] = [.eventId, .spanId, .traceId]
        return .any(fields.map { test($0, [statement.start.text]) })
    }

    /// The event of the statement's id: the one that is called so, else the first of that span, or of that trace.
    private mutating func start() throws -> Int {
        let id = statement.start.text
        try read(Self.startCondition(statement))
        events.index()
        let ways: [(EventNode) -> Bool] = [{ $0.eventId == id }, { $0.spanId == id }, { $0.traceId == id }]
        for way in ways {
            let found = events.nodes.indices.filter { way(events.nodes[$0]) }
            if let first = found.min(by: { events.nodes[$0].place < events.nodes[$1].place }) { return first }
        }
        throw QueryError(.name, "no event, span or trace has the id '\(id)'", at: statement.start.range)
    }

    /// Reads what events may be linked with.
    private mutating func read(for nodes: [Int]) throws {
        if kinds.contains(.entity) {
            if statement.direction != .forward { try linkToChangesBefore(nodes) }
            if statement.direction != .backward { try linkToEventsBehind(nodes) }
        }
        var parts: [BoundPredicate] = []
        func ask(_ field: CanonicalField, _ ids: [String], _ known: inout Set<String>) {
            let fresh = Set(ids).subtracting(known)
            known.formUnion(fresh)
            if !fresh.isEmpty { parts.append(Self.test(field, fresh.sorted())) }
        }
        let nodes = nodes.map { events.nodes[$0] }
        if kinds.contains(.trace) { ask(.traceId, nodes.compactMap(\.traceId), &knownTraces) }
        if kinds.contains(.cause) {
            if statement.direction != .forward { ask(.eventId, nodes.compactMap(\.causedBy), &knownEventIds) }
            if statement.direction != .backward, !scan.catalog.types(of: BoundField(.causedBy)).isEmpty {
                ask(.causedBy, nodes.compactMap(\.eventId), &knownCauses)
            }
        }
        guard !parts.isEmpty else { return }
        try read(.any(parts))
        events.index()
    }

    private static func test(_ field: CanonicalField, _ ids: [String]) -> BoundPredicate {
        .test(BoundField(field), .anyOf(texts: ids))
    }

    mutating func read(_ condition: BoundPredicate) throws {
        let isNeeded = events.needs
        var scan = scan
        try scan.restrict(to: Condition(condition))
        for part in scan.parts {
            if options.isCancelled() { throw ExecutionError.cancelled }
            guard let (batch, times) = try scan.rows(of: part, with: isNeeded) else { continue }
            try events.add(batch, times: times)
        }
    }
}
