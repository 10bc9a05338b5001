import Storage
import TimeQL

/// What a walk has found, as rows or as a graph.
struct TraverseAnswer {
    private let statement: TraverseStatement
    private let walk: TraverseWalk
    /// The steps to events that are asked for.
    private let steps: [TraverseWalk.Step]

    init(_ statement: TraverseStatement, _ walk: TraverseWalk) {
        self.statement = statement
        self.walk = walk
        steps = Array(
            walk.steps.filter { walk.events.nodes[$0.node].isWanted }.prefix(statement.limit?.value ?? .max))
    }

    private func cells(_ number: Int) -> [AnswerTable.Cell] {
        let node = walk.events.nodes[number]
        return [.time(node.place.time)] + node.shown.map { $0.map { .text($0) } ?? .none }
    }

    /// A row for each event: how far it is, by which link it was reached and from which event.
    var table: AnswerTable {
        var table = AnswerTable(
            columns: ["depth", "link", "confidence", "from"] + EventNodes.shownColumns,
            rows: steps.map { step in
                let from = step.from.flatMap { walk.events.nodes[$0].eventId }
                return [
                    .integer(step.depth), step.kind.map { .text($0.rawValue) } ?? .none, .number(step.confidence),
                    from.map { .text($0) } ?? .none,
                ] + cells(step.node)
            })
        table.dispensableColumns = ["confidence", "from"] + EventNodes.dispensableColumns + ["link", "eventType"]
        return table
    }

    /// Every link between the events of the answer, by which the walk could have gone.
    var graph: AnswerGraph {
        let places = Dictionary(uniqueKeysWithValues: steps.enumerated().map { ($1.node, $0) })
        let links = walk.links
        var found: [EventLink] = []
        // Each link is the cause of one event and the effect of another: looking at one end is enough.
        for step in steps { found += links.causes(of: step.node) }
        let rows: [[AnswerTable.Cell]] = found.compactMap { link in
            guard let cause = places[link.cause], let effect = places[link.effect] else { return nil }
            return [.integer(cause), .integer(effect), .text(link.kind.rawValue), .number(link.confidence)]
        }
        return AnswerGraph(
            nodes: AnswerTable(
                columns: ["node", "depth", "confidence"] + EventNodes.shownColumns,
                rows: steps.enumerated().map { place, step in
                    [.integer(place), .integer(step.depth), .number(step.confidence)] + cells(step.node)
                }),
            links: AnswerTable(columns: ["cause", "effect", "link", "confidence"], rows: rows))
    }
}
