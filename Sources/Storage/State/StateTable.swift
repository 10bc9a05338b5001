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
        var lasts = onlyLast ? [Int32](repeating: -1, count: paths.count) : []
        while let entity = Self.next(cursors) {
            let first = fields.count
            for index in cursors.indices where !cursors[index].isAtEnd && cursors[index].entity == entity {
                cursors[index].takeGroup(filter, entities.count, &lasts, to: &fields)
            }
            guard fields.count > first else { continue }
            entities.append(entity)
            if onlyLast {
                for field in fields[first...] { lasts[field.path] = -1 }
            }
            order(from: first)
            if onlyLast, let ended = numbers[StateEnds.field] { dropEnded(ended, from: first) }
        }
    }

    /// Leaves out what was set of the last entity before it ended, and that it did.
    private mutating func dropEnded(_ ended: Int, from first: Int) {
        guard let end = fields[first...].first(where: { $0.path == ended }) else { return }
        let left = fields[first...].filter { ($0.time, $0.sequence) > (end.time, end.sequence) }
        fields.replaceSubrange(first..., with: left)
        if left.isEmpty { entities.removeLast() }
    }

    /// The first entity that is left.
    private static func next(_ cursors: [Cursor]) -> StateEntity? {
        var first: Int?
        for index in cursors.indices where !cursors[index].isAtEnd {
            if let known = first, !(cursors[index].entity < cursors[known].entity) { continue }
            first = index
        }
        return first.map { cursors[$0].entity }
    }

    /// Puts the fields of one entity in order.
    private mutating func order(from first: Int) {
        let isOrdered = fields.indices.dropFirst(first + 1).allSatisfy { fields[$0 - 1].path < fields[$0].path }
        if isOrdered { return }
        let all = fields[first...].sorted {
            ($0.path, $0.time, $0.sequence, $0.value.batch) < ($1.path, $1.time, $1.sequence, $1.value.batch)
        }
        fields.removeSubrange(first...)
        for field in all {
            // The same change may stand in several places.
            if fields.count > first, let last = fields.last,
                (last.path, last.time, last.sequence) == (field.path, field.time, field.sequence)
            {
                continue
            }
            fields.append(field)
        }
    }

    /// Paths are ordered by their keys, and those by their bytes.
    public static func precedes(_ left: [String], _ right: [String]) -> Bool {
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
    private var row = 0

    init(_ source: StateSource, _ number: Int32, _ paths: [[String]: Int]) {
        self.source = source
        self.number = number
        shapes = source.shapes(paths)
        places = [Int32](repeating: 0, count: source.batch.columns.count)
    }

    var isAtEnd: Bool { group == source.groups.count }

    var entity: StateEntity { source.groups[group].entity }

    /// Appends the changes of the next entity that count and goes on to the one behind it. `lasts` has for each path the
    /// place of the entity's last change, and is empty when all changes are wanted.
    mutating func takeGroup(
        _ filter: StateTable.Filter, _ entity: Int, _ lasts: inout [Int32], to fields: inout [StateTable.Field]
    ) {
        let rows = source.groups[group].rows
        skip(to: rows.lowerBound)
        while row < rows.upperBound {
            let shape = Int(source.batch.shapeOfRow[row])
            if filter.times.contains(source.times[row]), Int64(bitPattern: source.batch.storedAt[row]) <= filter.knownAt
            {
                let (time, sequence) = (source.times[row], source.batch.sequences[row])
                for index in shapes[shape].fields.indices {
                    let (column, path) = shapes[shape].fields[index]
                    let known = lasts.isEmpty ? -1 : Int(lasts[path])
                    if known >= 0, (fields[known].time, fields[known].sequence) >= (time, sequence) { continue }
                    let field = StateTable.Field(
                        entity: entity, path: path, time: time, sequence: sequence, value: place(column),
                        event: shapes[shape].event.map(place))
                    if known >= 0 {
                        fields[known] = field
                    } else {
                        if !lasts.isEmpty { lasts[path] = Int32(truncatingIfNeeded: fields.count) }
                        fields.append(field)
                    }
                }
            }
            skip(to: row + 1)
        }
        group += 1
    }

    private mutating func skip(to end: Int) {
        while row < end {
            for column in shapes[Int(source.batch.shapeOfRow[row])].columns { places[column] &+= 1 }
            row += 1
        }
    }

    private func place(_ column: Int) -> StateTable.Place {
        StateTable.Place(batch: number, column: Int32(truncatingIfNeeded: column), index: places[column])
    }
}
