import Storage

/// The rows of `STATE DIFF`: fields that are not the same at two times.
enum StateDifference {
    private struct Key: Hashable {
        var entity: StateEntity
        var path: [String]
    }

    static func table(_ before: StateView, _ after: StateView) -> AnswerTable {
        func keyed(_ view: StateView) -> [Key: Int] {
            Dictionary(
                view.places.map { (Key(entity: view.entity($0), path: view.path($0)), $0) },
                uniquingKeysWith: { first, _ in first })
        }
        let (old, new) = (keyed(before), keyed(after))
        let changed = Set(old.keys).union(new.keys).filter { key in
            old[key].map { before.value($0) } != new[key].map { after.value($0) }
        }
        var (oldNames, newNames) = (StateNames(before), StateNames(after))
        let rows = changed.sorted(by: Self.precedes).map { key -> [AnswerTable.Cell] in
            let (first, second) = (old[key], new[key])
            // Time and event are those of the later change.
            let (last, event): (Int64, AnswerTable.Cell)
            if let second, first.map({ before.time($0) <= after.time(second) }) ?? true {
                (last, event) = (after.time(second), after.event(second))
            } else {
                (last, event) = first.map { (before.time($0), before.event($0)) } ?? (0, .none)
            }
            let names = first.map { oldNames.cells($0) } ?? second.map { newNames.cells($0) } ?? []
            return names + [
                first.map { before.value($0) } ?? .none, second.map { after.value($0) } ?? .none, .time(last), event,
            ]
        }
        return AnswerTable(columns: StateNames.columns + ["before", "after", "since", "event"], rows: rows)
    }

    private static func precedes(_ left: Key, _ right: Key) -> Bool {
        left.entity == right.entity ? StateTable.precedes(left.path, right.path) : left.entity < right.entity
    }
}
