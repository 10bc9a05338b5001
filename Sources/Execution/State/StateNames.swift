import Storage

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
        if view.entityNumber(place) != entity {
            entity = view.entityNumber(place)
            let named = view.table.entities[entity]
            cells = [cell(named.service), cell(named.host), named.key.map { Self.text($0) } ?? .none]
        }
        return cells + [paths[Int(view.fields[place].path)]]
    }

    private mutating func cell(_ text: [UInt8]?) -> AnswerTable.Cell {
        guard let text else { return .none }
        if let cell = known[text] { return cell }
        known[text] = Self.text(text)
        return Self.text(text)
    }

    private static func text(_ text: [UInt8]) -> AnswerTable.Cell { .text(String(decoding: text, as: UTF8.self)) }
}
