import Storage
import TimeQL

extension TraverseWalk {
    /// Finds the last change of each entity of some events before them.
    mutating func linkToChangesBefore(_ nodes: [Int]) throws {
        let asked = nodes.flatMap { node in
            events.nodes[node].entities.map { (entity: $0, place: events.nodes[node].place) }
        }
        let places = try entityChanges.nearest(asked, before: true)
        try readChanges(zip(asked, places).compactMap { asked, place in place.map { (asked.entity, $0) } })
        var index = 0
        for node in nodes {
            for _ in events.nodes[node].entities {
                if let cause = places[index].flatMap({ events.number(at: $0) }) {
                    entityLinks.add(cause: cause, effect: node)
                }
                index += 1
            }
        }
    }

    /// Finds what belongs to the entities that some events have changed, up to the next change.
    mutating func linkToEventsBehind(_ nodes: [Int]) throws {
        let asked = nodes.flatMap { node in
            events.nodes[node].changed.map { (entity: $0, place: events.nodes[node].place) }
        }
        let ends = try entityChanges.nearest(asked, before: false)
        try readChanges(zip(asked, ends).compactMap { asked, end in end.map { (asked.entity, $0) } })
        for ((entity, place), end) in zip(asked, ends) where entity.key == nil && entity.service != nil {
            try read(.all([.failing, .of(entity), .inTime(from: place.time, to: end?.time)]))
        }
        events.index()
        var index = 0
        for node in nodes {
            for entity in events.nodes[node].changed {
                let (place, end) = (events.nodes[node].place, ends[index])
                index += 1
                for effect in events.ofEntity[entity] ?? [] {
                    let found = events.nodes[effect].place
                    guard place < found, end.map({ found <= $0 }) ?? true else { continue }
                    entityLinks.add(cause: node, effect: effect)
                }
            }
        }
    }

    /// Reads the events that changed entities at some places.
    private mutating func readChanges(_ changes: [(entity: StateEntity, place: EventNode.Place)]) throws {
        var times: [StateEntity: Set<Int64>] = [:]
        for (entity, place) in changes where events.number(at: place) == nil {
            times[StateEntity(service: entity.service, host: nil, key: nil), default: []].insert(place.time)
        }
        guard !times.isEmpty else { return }
        let parts = times.sorted { $0.key < $1.key }.map { entity, times in
            BoundPredicate.all([
                .of(entity), .test(.timestamp, .anyOf(times.sorted().map { .time(.equal, $0) })),
            ])
        }
        try read(.any(parts))
        events.index()
    }
}

extension BoundPredicate {
    /// Events of a service, and of a host if there is one.
    fileprivate static func of(_ entity: StateEntity) -> BoundPredicate {
        func test(_ field: CanonicalField, _ text: [UInt8]?) -> BoundPredicate? {
            text.map { .test(BoundField(field), .text(.equal, $0)) }
        }
        return .all([test(.service, entity.service), test(.host, entity.host)].compactMap(\.self))
    }

    fileprivate static func inTime(from first: Int64, to last: Int64?) -> BoundPredicate {
        .test(.timestamp, .allOf([.time(.atLeast, first)] + (last.map { [.time(.atMost, $0)] } ?? [])))
    }
}
