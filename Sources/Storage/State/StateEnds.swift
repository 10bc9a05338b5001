import Columns

/// The field that says that its entity has ended (Docs/State.md).
public enum StateEnds {
    public static let field = ["ended"]

    /// Whether a change of the field ends the entity: false and null do not.
    static func isEnd(_ change: StateChange, in batch: RowBatch) -> Bool {
        let column = batch.columns[change.column]
        switch column.values {
        case .presence: return false
        case .integers(let words): return column.key.type != .bool || words[change.index] != 0
        default: return true
        }
    }
}

extension StateFold {
    /// Forgets what was set of entities before they ended. That they did stays, since a late event may still come.
    mutating func dropEnded(_ names: StateKeys) {
        guard let ended = names.fields.firstIndex(of: StateEnds.field) else { return }
        var ends: [Int: (time: Int64, sequence: UInt64)] = [:]
        for (key, value) in values where key.field == ended { ends[key.entity] = (value.time, value.sequence) }
        guard !ends.isEmpty else { return }
        removeAll { key, value in
            guard key.field != ended, let end = ends[key.entity] else { return false }
            return (value.time, value.sequence) <= end
        }
    }
}
