import Columns

/// Makes one table of the changes of some sources: of each field of each entity the last one, or all.
struct StateMerge {
    /// The changes of one entity that a source has.
    struct Group {
        var entity: StateEntities.Entity
        /// The first bytes of the entity's key.
        var prefix: UInt64
        var fields: Range<Int32>
    }

    var table = StateTable()
    let onlyLast: Bool
    private let filter: StateTable.Filter
    private var pathNumbers: [[String]: Int32] = [:]
    /// The number of the field that tells that an entity has ended.
    let ended: Int32?
    /// What the sources have, one after another; of each source, its groups.
    private(set) var candidates: [StateTable.Field] = []
    private(set) var groups: [Group] = []
    private(set) var sourceEnds: [Int] = []
    /// For each path the place of the entity's last change; −1: none yet.
    var lasts: [Int32]

    init(
        _ sources: [StateSource], _ filter: StateTable.Filter, onlyLast: Bool, isCancelled: () -> Bool
    ) throws(StoreError) {
        self.filter = filter
        self.onlyLast = onlyLast
        table.paths = Set(sources.flatMap { $0.paths.compactMap { $0 } }).sorted(by: StateTable.precedes)
        for (number, path) in table.paths.enumerated() { pathNumbers[path] = Int32(number) }
        ended = pathNumbers[StateEnds.field]
        lasts = [Int32](repeating: -1, count: table.paths.count)
        let rowCount = sources.reduce(0) { $0 + $1.times.count }
        table.reserve(rowCount: rowCount)
        candidates.reserveCapacity(rowCount)
        for source in sources {
            if isCancelled() { throw .cancelled }
            add(source)
        }
        try merge(isCancelled)
    }

    // MARK: Sources

    /// Of the columns of a source those that tell of fields, with the numbers of their paths, and of the event (−1).
    private struct Shapes {
        var starts: [Int32] = [0]
        var columns: [Int32] = []
        var paths: [Int32] = []

        init(_ source: StateSource, _ numbers: [[String]: Int32]) {
            let known = source.paths.map { $0.flatMap { numbers[$0] } }
            for shape in source.batch.shapes {
                var told: [(path: Int32, column: Int32)] = []
                for column in shape {
                    if let path = known[column] {
                        told.append((path, Int32(column)))
                    } else if source.batch.columns[column].key.path == StateRowBatch.event {
                        told.append((-1, Int32(column)))
                    }
                }
                for (path, column) in told.sorted(by: { $0 < $1 }) {
                    columns.append(column)
                    paths.append(path)
                }
                starts.append(Int32(columns.count))
            }
        }
    }

    private mutating func add(_ source: StateSource) {
        let first = table.take(source)
        let firstGroup = groups.count
        let shapes = Shapes(source, pathNumbers)
        let (starts, columns, paths) = (shapes.starts, shapes.columns, shapes.paths)
        let (shapeOfRow, storedAt, times) = (source.batch.shapeOfRow, source.batch.storedAt, source.times)
        // Of each column, the place of its next value.
        var places = [Int32](repeating: 0, count: source.batch.columns.count)
        var next = 0
        for group in source.groups {
            for row in next..<group.lowerBound {
                let shape = Int(shapeOfRow[row])
                for index in Int(starts[shape])..<Int(starts[shape + 1]) { places[Int(columns[index])] &+= 1 }
            }
            let firstField = candidates.count
            for row in group {
                let shape = Int(shapeOfRow[row])
                let counts = filter.times.contains(times[row]) && Int64(bitPattern: storedAt[row]) <= filter.knownAt
                for index in Int(starts[shape])..<Int(starts[shape + 1]) {
                    let column = Int(columns[index])
                    let place = StateTable.Place(column: first.column &+ columns[index], index: places[column])
                    places[column] &+= 1
                    guard counts else { continue }
                    let number = first.row &+ Int32(truncatingIfNeeded: row)
                    if paths[index] < 0 {
                        table.setEvent(place, ofRow: number)
                    } else {
                        candidates.append(
                            StateTable.Field(entity: 0, path: paths[index], row: number, value: place))
                    }
                }
            }
            next = group.upperBound
            if candidates.count > firstField {
                addGroup(source, group.lowerBound, firstField, isFirst: groups.count == firstGroup)
            }
        }
        if source.isContinuation, !sourceEnds.isEmpty { sourceEnds.removeLast() }
        sourceEnds.append(groups.count)
    }

    private mutating func addGroup(_ source: StateSource, _ row: Int, _ firstField: Int, isFirst: Bool) {
        let before = isFirst ? nil : lastRow
        lastRow = row
        func isSame(_ runs: [Int32]) -> Bool { before.map { runs[$0] == runs[row] } ?? false }
        var entity = StateEntities.Entity(service: -1, host: -1, key: -1)
        if isSame(source.services.runs) {
            entity.service = groups[groups.count - 1].entity.service
        } else if let text = source.services.text(row) {
            entity.service = table.entities.services.number(of: text)
        }
        if isSame(source.hosts.runs) {
            entity.host = groups[groups.count - 1].entity.host
        } else if let text = source.hosts.text(row) {
            entity.host = table.entities.hosts.number(of: text)
        }
        var prefix: UInt64 = 0
        let key = source.keys.runs[row]
        if key >= 0 {
            entity.key = Int32(table.entities.keys.count)
            table.entities.keys.append(source.keys.texts, Int(key))
            prefix = table.entities.keys.prefix(Int(entity.key))
        }
        groups.append(Group(entity: entity, prefix: prefix, fields: Int32(firstField)..<Int32(candidates.count)))
        // The rows of an entity may go on in the batch that follows.
        let last = groups.count - 1
        guard isFirst, source.isContinuation, last > sourceEnds.dropLast().last ?? 0, order(last - 1, last) == 0 else {
            return
        }
        groups[last - 1].fields = groups[last - 1].fields.lowerBound..<groups[last].fields.upperBound
        groups.removeLast()
    }

    /// The row of the last group.
    private var lastRow = 0
}
