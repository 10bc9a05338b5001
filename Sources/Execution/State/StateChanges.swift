import Columns
import Storage

/// The rows of `STATE BETWEEN`: all changes in some time, in the order in which they were made.
enum StateChanges {
    private struct Key: Hashable {
        var entity: StateEntity
        var path: [String]
    }

    private struct Change {
        var time: Int64
        var sequence: UInt64
        var value: AnswerTable.Cell

        func isBefore(_ other: Change) -> Bool { (time, sequence) < (other.time, other.sequence) }
    }

    /// Of the entities and fields of `wanted`, which is what was true at the end; nil: of all.
    static func table(_ changes: StateView, before: StateView?, wanted: StateView?) -> AnswerTable {
        let fields = wanted.map { wanted in
            Set(wanted.places.map { Key(entity: wanted.entity($0), path: wanted.path($0)) })
        }
        var lasts: [Key: Change] = [:]
        if let before {
            for place in before.places { lasts[key(place, before)] = change(place, before) }
        }
        let ends = ends(changes)
        var names = StateNames(changes)
        var rows: [(time: Int64, sequence: UInt64, cells: [AnswerTable.Cell])] = []
        // Those of one field follow one another.
        for place in changes.places {
            let key = key(place, changes)
            guard fields?.contains(key) ?? true else { continue }
            let new = change(place, changes)
            var old = lasts[key]
            if let last = old, ends[key.entity]?.contains(where: { !$0.isBefore(last) && $0.isBefore(new) }) == true {
                old = nil
            }
            let cells = [.time(new.time)] + names.cells(place) + [old?.value ?? .none, new.value, changes.event(place)]
            rows.append((new.time, new.sequence, cells))
            lasts[key] = new
        }
        let ordered = rows.enumerated().sorted {
            ($0.element.time, $0.element.sequence, $0.offset) < ($1.element.time, $1.element.sequence, $1.offset)
        }
        return AnswerTable(
            columns: ["time"] + StateNames.columns + ["before", "after", "event"], rows: ordered.map(\.element.cells))
    }

    private static func key(_ place: Int, _ view: StateView) -> Key {
        Key(entity: view.entity(place), path: view.path(place))
    }

    private static func change(_ place: Int, _ view: StateView) -> Change {
        Change(time: view.time(place), sequence: view.sequence(place), value: view.value(place))
    }

    /// When entities ended: nothing of before counts behind that.
    private static func ends(_ changes: StateView) -> [StateEntity: [Change]] {
        var ends: [StateEntity: [Change]] = [:]
        for place in changes.places where changes.path(place) == StateEnds.field {
            ends[changes.entity(place), default: []].append(change(place, changes))
        }
        return ends
    }
}
