import Bytes
import Columns

/// Changes in the layout of keyframes, entity by entity.
struct StateSource {
    let batch: RowBatch
    let times: [Int64]
    /// Whose changes the rows are.
    let services: TextRuns
    let hosts: TextRuns
    let keys: TextRuns
    /// The rows of each entity that counts, in order.
    let groups: [Range<Int>]
    /// Whether its entities follow those of the source before it, of which the last may go on here.
    var isContinuation = false
    /// The path of each column's field; nil for columns that tell whose it is, and when.
    let paths: [[String]?]

    /// The rows of some services, or of all. Throws when the batch is not as it has to be.
    init(_ batch: RowBatch, of services: Set<[UInt8]>? = nil) throws(DecodeError) {
        self.batch = batch
        guard let times = batch.times else { throw .corrupt(at: 0, "changes of state without times") }
        self.times = times
        paths = batch.columns.map { StorePath.original($0.key.path)?.keys }
        self.services = TextRuns(batch, StateRowBatch.service)
        hosts = TextRuns(batch, StateRowBatch.host)
        keys = TextRuns(batch, StateRowBatch.entity)
        groups = try Self.groups((self.services, hosts, keys), batch.rowCount, services)
    }

    func entity(_ group: Range<Int>) -> StateEntity {
        let row = group.lowerBound
        return StateEntity(service: services.text(row), host: hosts.text(row), key: keys.text(row))
    }

    /// Rows that are in order.
    init(_ rows: [StateRow], _ keys: StateKeys) {
        do { try self.init(StateRowBatch.batch(rows, keys)) } catch {
            preconditionFailure("rows of state that are not in order: \(error)")
        }
    }

    private static func groups(
        _ names: (services: TextRuns, hosts: TextRuns, keys: TextRuns), _ rowCount: Int, _ services: Set<[UInt8]>?
    ) throws(DecodeError) -> [Range<Int>] {
        let (serviceRuns, hostRuns, keyRuns) = (names.services.runs, names.hosts.runs, names.keys.runs)
        var groups: [Range<Int>] = []
        var isWanted = false
        var start = 0
        for row in 0...rowCount {
            let isOther = row == 0 || row == rowCount || serviceRuns[row] != serviceRuns[row - 1]
            if !isOther, hostRuns[row] == hostRuns[row - 1], keyRuns[row] == keyRuns[row - 1] { continue }
            if isWanted, start < row {
                if let last = groups.last?.lowerBound {
                    var order = names.services.order(last, start)
                    if order == 0 { order = names.hosts.order(last, start) }
                    if order == 0 { order = names.keys.order(last, start) }
                    guard order < 0 else { throw .corrupt(at: 0, "changes of state are not in order") }
                }
                groups.append(start..<row)
            }
            start = row
            if isOther, row < rowCount {
                isWanted = services.map { wanted in names.services.text(row).map(wanted.contains) ?? false } ?? true
            }
        }
        return groups
    }
}

extension StateSource {
    /// The rows one by one.
    func rows(_ keys: inout StateKeys) -> [StateRow] {
        var numbers: [Int?] = []
        for path in paths { numbers.append(path.map { keys.number(ofField: $0) }) }
        var places = [Int](repeating: 0, count: batch.columns.count)
        var rows: [StateRow] = []
        for group in groups {
            let entity = keys.number(of: entity(group))
            for row in group {
                var event: StateValue?
                var fields: [StateRow.Field] = []
                for column in batch.shapes[Int(batch.shapeOfRow[row])] {
                    let key = batch.columns[column].key
                    if let path = numbers[column] {
                        let value = StateValue(batch.columns[column].values, type: key.type, at: places[column])
                        fields.append(StateRow.Field(path: path, value: value))
                    } else if key.path == StateRowBatch.event {
                        event = StateValue(batch.columns[column].values, type: key.type, at: places[column])
                    }
                    places[column] += 1
                }
                rows.append(
                    StateRow(
                        entity: entity, time: times[row], sequence: batch.sequences[row],
                        storedAt: Int64(bitPattern: batch.storedAt[row]), event: event, fields: fields))
            }
        }
        return rows
    }
}
