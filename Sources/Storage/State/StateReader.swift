public import Columns

/// Reads the changes of state that events say (Docs/State.md).
///
/// Only columns that can bear state are looked at, so most events cost nothing.
public struct StateReader: Sendable {
    public let mapping: StateMapping
    public internal(set) var keys = StateKeys()

    public init(_ mapping: StateMapping) { self.mapping = mapping }

    /// The changes that the rows of a batch say, which has at least the columns that the mapping needs.
    public mutating func changes(in batch: RowBatch) -> [StateChange] {
        guard batch.columns.contains(where: { mapping.bears($0.key.path) }) else { return [] }
        var changes: [StateChange] = []
        var context = Context(batch)
        for object in mapping.objects { addObject(object, &context, to: &changes) }
        for rule in mapping.rules { addRule(rule, &context, to: &changes) }
        if let ended = keys.fields.firstIndex(of: StateEnds.field) {
            changes.removeAll { $0.field == ended && !StateEnds.isEnd($0, in: batch) }
        }
        return changes
    }

    /// What is known of the rows of a batch.
    private struct Context {
        let batch: RowBatch
        let services: RowTexts
        let hosts: RowTexts
        let types: RowTexts

        init(_ batch: RowBatch) {
            self.batch = batch
            services = RowTexts(batch, .service)
            hosts = RowTexts(batch, .host)
            types = RowTexts(batch, .eventType)
        }

        /// The columns at a path or behind it, with the keys that lead on.
        func columns(behind path: ColumnPath) -> [(index: Int, rest: [String])] {
            batch.columns.indices.compactMap { index in
                batch.columns[index].key.path.rest(behind: path).map { (index, $0) }
            }
        }
    }

    // MARK: Objects

    private mutating func addObject(_ path: ColumnPath, _ context: inout Context, to changes: inout [StateChange]) {
        let columns = context.columns(behind: path).filter { !$0.rest.isEmpty }
        guard !columns.isEmpty else { return }
        let entities = RowTexts(context.batch, [ColumnPath(keys: path.keys + ["entity"])])
        let fields = RowTexts(context.batch, [ColumnPath(keys: path.keys + ["key"])])
        let rows = columns.map { context.batch.rows(ofColumn: $0.index).map { Int($0) } }
        // An object with an entity, a key and a value sets that key; any other sets its leaves.
        var isKeyed = [Bool](repeating: false, count: context.batch.rowCount)
        for (column, rows) in zip(columns, rows) where column.rest[0] == "value" {
            for row in rows where entities.codes[row] >= 0 && fields.codes[row] >= 0 { isKeyed[row] = true }
        }
        for (column, rows) in zip(columns, rows) {
            let claims = claims(on: context.batch.columns[column.index].key.path)
            let field = keys.number(ofField: column.rest)
            for (index, row) in rows.enumerated() {
                if let type = context.types[row], claims.contains(type) { continue }
                let change: (entity: Int, field: Int)
                if isKeyed[row] {
                    guard column.rest[0] == "value", let key = fields[row] else { continue }
                    let path = [String(decoding: key, as: UTF8.self)] + column.rest.dropFirst()
                    change = (entity(row, .host, entities[row], context), keys.number(ofField: path))
                } else {
                    change = (entity(row, .host, nil, context), field)
                }
                changes.append(
                    StateChange(
                        entity: change.entity, field: change.field, row: row, column: column.index, index: index))
            }
        }
    }

    /// The types of events whose rules take the value there.
    private func claims(on path: ColumnPath) -> Set<[UInt8]> {
        Set(mapping.rules.filter { path.begins(with: $0.value) }.map { Array($0.eventType.utf8) })
    }

    private mutating func entity(
        _ row: Int, _ scope: StateRule.Scope, _ key: [UInt8]?, _ context: Context
    ) -> Int {
        keys.number(
            of: StateEntity(
                service: context.services[row], host: scope == .host ? context.hosts[row] : nil, key: key))
    }

    // MARK: Rules

    private mutating func addRule(_ rule: StateRule, _ context: inout Context, to changes: inout [StateChange]) {
        let type = Array(rule.eventType.utf8)
        guard context.types.texts.contains(type) else { return }
        let entities = rule.entity.map { RowTexts(context.batch, [$0]) }
        let names = rule.field.map { key in
            if case .value(let path) = key { RowTexts(context.batch, [path]) } else { nil as RowTexts? }
        }
        for column in context.columns(behind: rule.value) {
            let rows = context.batch.rows(ofColumn: column.index).map { Int($0) }
            for (index, row) in rows.enumerated() where context.types[row] == type {
                if let entities, entities.codes[row] < 0 { continue }
                guard let field = Self.field(rule, names, row) else { continue }
                changes.append(
                    StateChange(
                        entity: entity(row, rule.scope, entities?[row], context),
                        field: keys.number(ofField: field + column.rest), row: row, column: column.index, index: index))
            }
        }
    }

    /// Nil when the event does not name the field.
    private static func field(_ rule: StateRule, _ names: [RowTexts?], _ row: Int) -> [String]? {
        var field: [String] = []
        for (key, texts) in zip(rule.field, names) {
            switch key {
            case .literal(let text): field.append(text)
            case .value:
                guard let text = texts?[row] else { return nil }
                field.append(String(decoding: text, as: UTF8.self))
            }
        }
        return field
    }
}
