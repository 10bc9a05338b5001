import Columns
import Storage

/// What was true of some entities as of a moment, or what has changed: fields of a table, of which some count.
struct StateView {
    let table: StateTable
    /// The fields that count, in order.
    private(set) var fields: [StateTable.Field]

    init(_ table: StateTable) {
        self.table = table
        fields = table.fields
    }

    /// The numbers that the fields go by.
    var places: Range<Int> { fields.indices }

    /// The number of a field's entity.
    func entityNumber(_ place: Int) -> Int { Int(fields[place].entity) }

    func entity(_ place: Int) -> StateEntity { table.entities[entityNumber(place)] }

    func path(_ place: Int) -> [String] { table.paths[Int(fields[place].path)] }

    func time(_ place: Int) -> Int64 { table.time(fields[place]) }

    func sequence(_ place: Int) -> UInt64 { table.sequence(fields[place]) }

    func value(_ place: Int) -> AnswerTable.Cell {
        let value = fields[place].value
        let column = table.columns[Int(value.column)]
        return AnswerTable.Cell(column.values, type: column.key.type, at: Int(value.index))
    }

    /// The id of the event that made the change.
    func event(_ place: Int) -> AnswerTable.Cell {
        guard let event = table.event(fields[place]) else { return .none }
        let column = table.columns[Int(event.column)]
        let index = Int(event.index)
        return column.values.slice(index..<index + 1).texts(type: column.key.type).map { .text($0.text(0)) } ?? .none
    }

    /// With only the first fields.
    func prefix(_ count: Int) -> StateView {
        var view = self
        view.fields = Array(fields.prefix(count))
        return view
    }

    /// With only the fields of which something is true.
    func keeping(_ isWanted: (StateTable.Field) -> Bool) -> StateView {
        var view = self
        view.fields = fields.filter(isWanted)
        return view
    }
}
