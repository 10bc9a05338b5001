import Columns
import Storage

/// What was true of some entities as of a moment, or what has changed: fields of a table, of which some count.
struct StateView {
    let table: StateTable
    /// The fields that count, in order.
    private(set) var places: [Int]

    init(_ table: StateTable) {
        self.table = table
        places = Array(table.fields.indices)
    }

    func field(_ place: Int) -> StateTable.Field { table.fields[place] }

    func entity(_ place: Int) -> StateEntity { table.entities[table.fields[place].entity] }

    func path(_ place: Int) -> [String] { table.paths[table.fields[place].path] }

    func value(_ place: Int) -> AnswerTable.Cell {
        let value = table.fields[place].value
        let column = table.batches[Int(value.batch)].columns[Int(value.column)]
        return AnswerTable.Cell(column.values, type: column.key.type, at: Int(value.index))
    }

    /// The id of the event that made the change.
    func event(_ place: Int) -> AnswerTable.Cell {
        guard let event = table.fields[place].event else { return .none }
        let column = table.batches[Int(event.batch)].columns[Int(event.column)]
        let index = Int(event.index)
        return column.values.slice(index..<index + 1).texts(type: column.key.type).map { .text($0.text(0)) } ?? .none
    }

    /// With only the first fields.
    func prefix(_ count: Int) -> StateView {
        var view = self
        view.places = Array(places.prefix(count))
        return view
    }

    /// With only the fields of which something is true.
    func keeping(_ isWanted: (_ place: Int) -> Bool) -> StateView {
        var view = self
        view.places = places.filter(isWanted)
        return view
    }
}

/// The cells that tell whose field it is, each text made once.
struct StateNames {
    private let view: StateView
    private var entity = -1
    private var cells: [AnswerTable.Cell] = []
    private let paths: [AnswerTable.Cell]
    private var known: [[UInt8]: AnswerTable.Cell] = [:]

    static let columns = ["service", "host", "entity", "field"]

    init(_ view: StateView) {
        self.view = view
        paths = view.table.paths.map { .text($0.joined(separator: ".")) }
    }

    /// Service, host, entity and field.
    mutating func cells(_ place: Int) -> [AnswerTable.Cell] {
        let field = view.field(place)
        if field.entity != entity {
            entity = field.entity
            let named = view.table.entities[entity]
            cells = [cell(named.service), cell(named.host), named.key.map { Self.text($0) } ?? .none]
        }
        return cells + [paths[field.path]]
    }

    private mutating func cell(_ text: [UInt8]?) -> AnswerTable.Cell {
        guard let text else { return .none }
        if let cell = known[text] { return cell }
        known[text] = Self.text(text)
        return Self.text(text)
    }

    private static func text(_ text: [UInt8]) -> AnswerTable.Cell { .text(String(decoding: text, as: UTF8.self)) }
}
