import Columns
import Storage
import TimeQL

/// The events that a walk has read, by what links them.
struct EventNodes {
    private(set) var nodes: [EventNode] = []
    private var numbers: [EventNode.Place: Int] = [:]
    /// Numbers of nodes in the order of their events.
    private(set) var ofEventId: [String: [Int]] = [:]
    private(set) var ofSpan: [EventNode.Span: [Int]] = [:]
    private(set) var ofCause: [String: [Int]] = [:]
    /// Only those that tell of a failure.
    private var failures: [EventNode.Span: [Int]] = [:]
    /// The spans that a span has called, in the order of their first events.
    private(set) var children: [EventNode.Span: [EventNode.Span]] = [:]

    /// By what they belong to; with links of entities only.
    private(set) var ofEntity: [StateEntity: [Int]] = [:]

    /// Says what events have changed; nil: nobody asks.
    private var stateReader: StateReader?
    private let until: BoundPredicate?
    private let condition: BoundPredicate?

    /// What a row of the answer shows of an event.
    static let shownFields: [CanonicalField] = [.eventId, .eventType, .service, .host, .severity, .status, .message]
    /// What the columns of events are called: their time, and those fields.
    static let shownColumns = ["time"] + shownFields.map(\.rawValue)
    static let dispensableColumns = ["severity", "host", "status"]
    private static let linkFields: [CanonicalField] = [.traceId, .spanId, .parentSpanId, .causedBy]
    /// More events than a walk can be read of; each takes some hundred bytes.
    static let limit = 500_000

    private let statement: SourceRange

    /// The range is what an error points at.
    init(
        until: BoundPredicate?, condition: BoundPredicate?, changes mapping: StateMapping?, of statement: SourceRange
    ) {
        stateReader = mapping.map { StateReader($0) }
        self.until = until
        self.condition = condition
        self.statement = statement
    }

    /// The columns that are needed of events; those of changes besides.
    var paths: Set<ColumnPath> {
        var fields = Set((Self.shownFields + Self.linkFields).map { BoundField($0) })
        for predicate in [until, condition, .failing] { fields.formUnion(predicate?.fields ?? []) }
        return Set(fields.flatMap(\.paths))
    }

    /// Whether a column is needed of events.
    var needs: (ColumnPath) -> Bool {
        let (paths, mapping) = (paths, stateReader?.mapping)
        return { paths.contains($0) || mapping?.needs($0) ?? false }
    }

    /// Events that are here already are left out.
    mutating func add(_ batch: RowBatch, times: [Int64]) throws(QueryError) {
        let shown = Self.shownFields.map { BatchField(BoundField($0), in: batch).texts }
        let links = Self.linkFields.map { BatchField(BoundField($0), in: batch).texts }
        let failing = BoundPredicate.failing.rows(of: batch)
        let ends = until?.rows(of: batch)
        let wanted = condition?.rows(of: batch)
        let changed = changedEntities(in: batch)
        for row in 0..<batch.rowCount {
            let place = EventNode.Place(time: times[row], sequence: batch.sequences[row])
            guard numbers[place] == nil else { continue }
            guard nodes.count < Self.limit else {
                throw QueryError(
                    .limit, "the walk meets more than \(Self.limit) events", at: statement,
                    hint: "give a DEPTH, or fewer kinds of links with ALONG")
            }
            var node = EventNode(
                place: place, eventId: shown[0][row], traceId: links[0][row], spanId: links[1][row],
                parentSpanId: links[2][row], causedBy: links[3][row], shown: shown.map { $0[row] },
                isFailing: failing[row], endsWalk: ends?[row] ?? false, isWanted: wanted?[row] ?? true)
            node.changed = changed[row] ?? []
            if stateReader != nil { node.entities = node.changed + Self.failed(node, besides: node.changed) }
            numbers[place] = nodes.count
            nodes.append(node)
        }
    }

    /// By row what each has changed.
    private mutating func changedEntities(in batch: RowBatch) -> [Int: [StateEntity]] {
        guard let changes = stateReader?.changes(in: batch), let keys = stateReader?.keys else { return [:] }
        var numbers: [Int: Set<Int>] = [:]
        for change in changes { numbers[change.row, default: []].insert(change.entity) }
        return numbers.mapValues { $0.map { keys.entities[$0] }.sorted() }
    }

    /// The service of a failure, and the service on its host.
    private static func failed(_ node: EventNode, besides changed: [StateEntity]) -> [StateEntity] {
        func text(_ field: CanonicalField) -> [UInt8]? {
            shownFields.firstIndex(of: field).flatMap { node.shown[$0] }.map { Array($0.utf8) }
        }
        guard node.isFailing, let service = text(.service) else { return [] }
        let places = [StateEntity(service: service, host: nil, key: nil)]
        let hosts = text(.host).map { [StateEntity(service: service, host: $0, key: nil)] } ?? []
        return (places + hosts).filter { !changed.contains($0) }
    }

    /// The number of an event, once it was read.
    func number(at place: EventNode.Place) -> Int? { numbers[place] }

    /// Makes the events that were added known by their ids.
    mutating func index() {
        ofEventId = [:]
        ofSpan = [:]
        ofCause = [:]
        ofEntity = [:]
        failures = [:]
        children = [:]
        var linked: [EventNode.Span: EventNode.Span] = [:]
        for number in nodes.indices.sorted(by: { nodes[$0].place < nodes[$1].place }) {
            let node = nodes[number]
            for entity in node.entities { ofEntity[entity, default: []].append(number) }
            if let id = node.eventId { ofEventId[id, default: []].append(number) }
            if let cause = node.causedBy { ofCause[cause, default: []].append(number) }
            guard let span = node.span else { continue }
            ofSpan[span, default: []].append(number)
            if node.isFailing { failures[span, default: []].append(number) }
            // The first event that names a parent counts, if others name another.
            if let parent = node.parentSpan, linked[span] == nil {
                linked[span] = parent
                children[parent, default: []].append(span)
            }
        }
        parents = linked
    }

    private var parents: [EventNode.Span: EventNode.Span] = [:]

    func parent(of span: EventNode.Span) -> EventNode.Span? { parents[span] }

    /// The event with which a span begins.
    func opening(of span: EventNode.Span) -> Int? { ofSpan[span]?.first }

    /// The last failure of a span that is not after an event.
    func lastFailure(of span: EventNode.Span, upTo place: EventNode.Place) -> Int? {
        guard let failures = failures[span] else { return nil }
        let end = firstIndex(of: failures) { place < $0 }
        return end > 0 ? failures[end - 1] : nil
    }

    /// The failures of a span from one event on, up to another that is not among them.
    func failures(of span: EventNode.Span, from first: EventNode.Place, before end: EventNode.Place?) -> ArraySlice<Int>
    {
        guard let failures = failures[span] else { return [] }
        let start = firstIndex(of: failures) { $0 >= first }
        return failures[start..<(end.map { end in firstIndex(of: failures) { $0 >= end } } ?? failures.count)]
    }

    /// The next failure of the span of a node that tells of one.
    func nextFailure(behind number: Int) -> EventNode.Place? {
        guard let failures = nodes[number].span.flatMap({ failures[$0] }) else { return nil }
        let next = firstIndex(of: failures) { $0 > nodes[number].place }
        return next < failures.count ? nodes[failures[next]].place : nil
    }

    /// Where, in a list of nodes in order, those begin that are far enough.
    private func firstIndex(of list: [Int], where isFarEnough: (EventNode.Place) -> Bool) -> Int {
        var range = 0..<list.count
        while !range.isEmpty {
            let middle = (range.lowerBound + range.upperBound) / 2
            range = isFarEnough(nodes[list[middle]].place) ? range.lowerBound..<middle : middle + 1..<range.upperBound
        }
        return range.lowerBound
    }
}
