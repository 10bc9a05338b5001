import Columns
import Storage
import TimeQL

/// The rows of `STATE AT` with `GROUP BY`: what the entities of a service, of a host or of one key have in common.
enum StateGroups {
    /// What is known of one field in one group.
    private struct Sum {
        var count = 0
        var values: Set<AnswerTable.Cell> = []
        var numberCount = 0
        var total = 0.0
        var bounds: ClosedRange<Double>?
        var since = Int64.min

        mutating func add(_ value: AnswerTable.Cell, _ time: Int64) {
            count += 1
            values.insert(value)
            since = max(since, time)
            guard let number = value.number else { return }
            numberCount += 1
            total += number
            bounds = min(bounds?.lowerBound ?? number, number)...max(bounds?.upperBound ?? number, number)
        }

        var cells: [AnswerTable.Cell] {
            [
                .integer(count), .integer(values.count), bounds.map { .number($0.lowerBound) } ?? .none,
                numberCount > 0 ? .number(total / Double(numberCount)) : .none,
                bounds.map { .number($0.upperBound) } ?? .none, .time(since),
            ]
        }
    }

    private struct Key: Hashable {
        var entity: StateEntity
        var path: [String]
    }

    static func table(_ view: StateView, by fields: [FieldReference]) throws(QueryError) -> AnswerTable {
        let names = Array(StateNames.columns.dropLast())
        for field in fields where field.keys.count != 1 || !names.contains(field.keys[0]) {
            throw QueryError(
                .meaning, "state is grouped by what entities are called", at: field.range,
                hint: "group by \(names.joined(separator: ", "))")
        }
        let wanted = fields.map { $0.keys[0] }
        var sums: [Key: Sum] = [:]
        for place in view.places {
            let entity = view.entity(place)
            // What is not grouped by is the same for all.
            let group = StateEntity(
                service: wanted.contains(names[0]) ? entity.service : nil,
                host: wanted.contains(names[1]) ? entity.host : nil, key: wanted.contains(names[2]) ? entity.key : nil)
            sums[Key(entity: group, path: view.path(place)), default: Sum()].add(
                view.value(place), view.time(place))
        }
        let ordered = sums.sorted {
            $0.key.entity == $1.key.entity
                ? StateTable.precedes($0.key.path, $1.key.path) : $0.key.entity < $1.key.entity
        }
        let rows = ordered.map { key, sum in
            let named = [names[0]: key.entity.service, names[1]: key.entity.host, names[2]: key.entity.key]
            let cells = wanted.map { name -> AnswerTable.Cell in
                named[name]?.map { .text(String(decoding: $0, as: UTF8.self)) } ?? .none
            }
            return cells + [.text(key.path.joined(separator: "."))] + sum.cells
        }
        var table = AnswerTable(
            columns: wanted + ["field", "entities", "values", "min", "avg", "max", "since"], rows: rows)
        table.nestedColumnCount = wanted.count + 1
        return table
    }
}

extension AnswerTable.Cell {
    fileprivate var number: Double? {
        switch self {
        case .integer(let value): Double(value)
        case .number(let value): value.isNaN ? nil : value
        case .literal(let text): Double(text)
        default: nil
        }
    }
}
