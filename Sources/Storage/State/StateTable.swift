public import Columns

/// The last change of each field of each entity, or all changes: in the order of entities and fields.
public struct StateTable {
    /// Where a value stands.
    public struct Place: Sendable {
        public var batch: Int32
        public var column: Int32
        public var index: Int32
    }

    public struct Field: Sendable {
        /// Numbers of ``entities`` and ``paths``, which follow their orders.
        public var entity: Int
        public var path: Int
        public var time: Int64
        public var sequence: UInt64
        public var value: Place
        public var event: Place?
    }

    public private(set) var entities: [StateEntity] = []
    public private(set) var paths: [[String]] = []
    public private(set) var fields: [Field] = []
    public let batches: [RowBatch]

    /// Which rows of the sources count.
    struct Filter {
        var times: ClosedRange<Int64>
        var knownAt = Int64.max
        /// Nil: all.
        var services: Set<[UInt8]>?
    }

    /// The changes of some sources that a filter lets pass: the last of each field, or all, by time and sequence.
    init(_ sources: [StateSource], _ filter: Filter, onlyLast: Bool) {
        batches = sources.map(\.batch)
        paths = Set(sources.flatMap { $0.paths.compactMap { $0 } }).sorted(by: Self.precedes)
        var numbers: [[String]: Int] = [:]
        for (number, path) in paths.enumerated() { numbers[path] = number }
        var cursors = sources.enumerated().map { Cursor($0.element, Int32($0.offset), numbers) }
        while true {
            var next: StateEntity?
            for cursor in cursors {
                guard let entity = cursor.entity else { continue }
                if let known = next, !(entity < known) { continue }
                next = entity
            }
            guard let entity = next else { break }
            let isWanted = filter.services.map { services in entity.service.map(services.contains) ?? false } ?? true
            let first = fields.count
            for index in cursors.indices where cursors[index].entity == entity {
                cursors[index].takeGroup(isWanted ? filter : nil, entities.count, to: &fields)
            }
            guard fields.count > first else { continue }
            entities.append(entity)
            order(from: first, onlyLast)
        }
    }

    /// Puts the fields of one entity in order.
    private mutating func order(from first: Int, _ onlyLast: Bool) {
        var isOrdered = true
        for index in fields.indices.dropFirst(first + 1) where fields[index - 1].path >= fields[index].path {
            isOrdered = false
            break
        }
        if isOrdered { return }
        let all = fields[first...].sorted {
            ($0.path, $0.time, $0.sequence, $0.value.batch) < ($1.path, $1.time, $1.sequence, $1.value.batch)
        }
        fields.removeSubrange(first...)
        for field in all {
            if fields.count > first, let last = fields.last, last.path == field.path {
                // The same change may stand in several places.
                if (last.time, last.sequence) == (field.time, field.sequence) { continue }
                if onlyLast { fields.removeLast() }
            }
            fields.append(field)
        }
    }

    /// Paths are ordered by their keys, and those by their bytes.
    static func precedes(_ left: [String], _ right: [String]) -> Bool {
        for (first, second) in zip(left, right) where first != second {
            return first.utf8.lexicographicallyPrecedes(second.utf8)
        }
        return left.count < right.count
    }
}

/// Goes through the entities of a source.
private struct Cursor {
    private let source: StateSource
    private let number: Int32
    private let shapes: [StateSource.Shape]
    /// Of each column, the place of its next value.
    private var places: [Int32]
    private var group = 0

    init(_ source: StateSource, _ number: Int32, _ paths: [[String]: Int]) {
        self.source = source
        self.number = number
        shapes = source.shapes(paths)
        places = [Int32](repeating: 0, count: source.batch.columns.count)
    }

    var entity: StateEntity? { group < source.groups.count ? source.groups[group].entity : nil }

    /// Appends the changes of the next entity that count (no filter: none do) and goes on to the one behind it.
    mutating func takeGroup(_ filter: StateTable.Filter?, _ entity: Int, to fields: inout [StateTable.Field]) {
        for row in source.groups[group].rows {
            let shape = shapes[Int(source.batch.shapeOfRow[row])]
            if let filter, filter.times.contains(source.times[row]),
                Int64(bitPattern: source.batch.storedAt[row]) <= filter.knownAt
            {
                for (column, path) in shape.fields {
                    fields.append(
                        StateTable.Field(
                            entity: entity, path: path, time: source.times[row],
                            sequence: source.batch.sequences[row], value: place(column), event: shape.event.map(place)))
                }
            }
            for column in shape.columns { places[column] += 1 }
        }
        group += 1
    }

    private func place(_ column: Int) -> StateTable.Place {
        StateTable.Place(batch: number, column: Int32(column), index: places[column])
    }
}
