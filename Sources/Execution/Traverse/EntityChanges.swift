import Storage

/// Looks up when entities were changed: near a time first, then further away.
struct EntityChanges {
    let pool: ReaderPool
    let mapping: StateMapping
    let knownAt: Int64
    let options: QueryOptions

    /// How far away is looked, one after another: an hour, a day, a month, as far as there is anything.
    private static let spans: [Int64] = [3_600, 86_400, 2_592_000].map { $0 * 1_000_000_000 } + [.max]

    /// Of each entity the last change before a place, or the first behind it.
    func nearest(
        _ asked: [(entity: StateEntity, place: EventNode.Place)], before isBefore: Bool
    ) throws(StoreError) -> [EventNode.Place?] {
        var found = [EventNode.Place?](repeating: nil, count: asked.count)
        var open = Array(asked.indices)
        for span in Self.spans {
            let times = open.map { asked[$0].place.time }
            guard let first = times.min(), let last = times.max() else { break }
            let period =
                isBefore
                ? Self.moved(first, by: -span)...last : first...Self.moved(last, by: span)
            let changes = try changes(of: Set(open.map { asked[$0].entity }), in: period)
            for index in open {
                let (entity, place) = asked[index]
                let all = changes[entity] ?? []
                found[index] = isBefore ? all.last { $0 < place } : all.first { $0 > place }
            }
            open.removeAll { found[$0] != nil }
        }
        return found
    }

    private static func moved(_ time: Int64, by span: Int64) -> Int64 {
        let (sum, overflows) = time.addingReportingOverflow(span)
        return overflows ? (span < 0 ? .min : .max) : sum
    }

    /// The events that changed some entities, in order.
    private func changes(
        of entities: Set<StateEntity>, in times: ClosedRange<Int64>
    ) throws(StoreError) -> [StateEntity: [EventNode.Place]] {
        var services: Set<[UInt8]>? = []
        for entity in entities {
            if let service = entity.service { services?.insert(service) } else { services = nil }
        }
        var lookup = try pool.stateLookup(mapping, knownAt: knownAt, options)
        let table = try lookup.changes(in: times, of: services)
        let isWanted = (0..<table.entities.count).map { entities.contains(table.entities[$0]) }
        var places: [Int: Set<EventNode.Place>] = [:]
        for field in table.fields where isWanted[Int(field.entity)] {
            places[Int(field.entity), default: []].insert(
                EventNode.Place(time: table.time(field), sequence: table.sequence(field)))
        }
        var changes: [StateEntity: [EventNode.Place]] = [:]
        for (entity, places) in places { changes[table.entities[entity]] = places.sorted() }
        return changes
    }
}
