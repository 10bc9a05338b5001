import Columns

/// Puts together what the sources tell of each entity.
extension StateMerge {
    /// How many entities are put together between two looks at whether to stop.
    private static let entitiesAtOnce = 4096

    mutating func merge(_ isCancelled: () -> Bool) throws(StoreError) {
        var heads: [(next: Int, end: Int)] = []
        for (number, end) in sourceEnds.enumerated() {
            let start = number == 0 ? 0 : sourceEnds[number - 1]
            if start < end { heads.append((start, end)) }
        }
        table.fields.reserveCapacity(candidates.count)
        var firsts: [Int] = []
        var tied: [Int] = []
        var untilLook = Self.entitiesAtOnce
        while !heads.isEmpty {
            untilLook -= 1
            if untilLook == 0 {
                if isCancelled() { throw .cancelled }
                untilLook = Self.entitiesAtOnce
            }
            // The sources that have the first entity that is left, in their order.
            firsts.removeAll(keepingCapacity: true)
            firsts.append(0)
            for index in 1..<max(1, heads.count) {
                let order = order(heads[index].next, heads[firsts[0]].next)
                if order < 0 { firsts.removeAll(keepingCapacity: true) }
                if order <= 0 { firsts.append(index) }
            }
            tied.removeAll(keepingCapacity: true)
            for index in firsts { tied.append(heads[index].next) }
            takeEntity(tied)
            for index in firsts.reversed() {
                heads[index].next += 1
                if heads[index].next == heads[index].end { heads.remove(at: index) }
            }
        }
    }

    /// Takes what some groups, which are all there are of one entity, tell of it.
    private mutating func takeEntity(_ tied: [Int]) {
        let first = table.fields.count
        let number = Int32(table.entities.count)
        table.entities.append(groups[tied[0]].entity)
        let isAlone = tied.count == 1 && groups[tied[0]].fields.count == 1
        for group in tied {
            for place in groups[group].fields {
                var field = candidates[Int(place)]
                field.entity = number
                if !onlyLast || isAlone {
                    table.fields.append(field)
                    continue
                }
                let path = Int(field.path)
                let known = Int(lasts[path])
                if known < 0 {
                    lasts[path] = Int32(table.fields.count)
                    table.fields.append(field)
                } else if isLater(field.row, than: table.fields[known].row) {
                    table.fields[known] = field
                }
            }
        }
        if !isAlone {
            if onlyLast { for place in first..<table.fields.count { lasts[Int(table.fields[place].path)] = -1 } }
            order(from: first)
        }
        if onlyLast, let ended { dropEnded(ended, from: first) }
    }

    private func isLater(_ row: Int32, than other: Int32) -> Bool {
        let (one, two) = (Int(row), Int(other))
        return (table.times[one], table.sequences[one]) > (table.times[two], table.sequences[two])
    }

    /// Leaves out what was set of the last entity before it ended, and that it did.
    private mutating func dropEnded(_ ended: Int32, from first: Int) {
        var end: Int32?
        for place in first..<table.fields.count where table.fields[place].path == ended {
            end = table.fields[place].row
        }
        guard let end else { return }
        let left = table.fields[first...].filter { isLater($0.row, than: end) }
        table.fields.replaceSubrange(first..., with: left)
        if left.isEmpty { table.entities.removeLast() }
    }

    /// Puts the fields of one entity in order.
    private mutating func order(from first: Int) {
        var isOrdered = true
        for place in (first + 1)..<max(first + 1, table.fields.count)
        where table.fields[place - 1].path >= table.fields[place].path { isOrdered = false }
        if isOrdered { return }
        let (times, sequences) = (table.times, table.sequences)
        let all = table.fields[first...].sorted { one, two in
            let (row, other) = (Int(one.row), Int(two.row))
            return (one.path, times[row], sequences[row], row) < (two.path, times[other], sequences[other], other)
        }
        table.fields.removeSubrange(first...)
        for field in all {
            // The same change may stand in several places.
            if table.fields.count > first, let last = table.fields.last, last.path == field.path,
                !isLater(field.row, than: last.row)
            {
                continue
            }
            table.fields.append(field)
        }
    }

    func order(_ first: Int, _ second: Int) -> Int {
        let (one, other) = (groups[first].entity, groups[second].entity)
        if one.service != other.service { return Self.order(table.entities.services.texts, one.service, other.service) }
        if one.host != other.host { return Self.order(table.entities.hosts.texts, one.host, other.host) }
        if one.key < 0 || other.key < 0 { return (one.key < 0 ? 0 : 1) - (other.key < 0 ? 0 : 1) }
        let (left, right) = (groups[first].prefix, groups[second].prefix)
        return left == right ? table.entities.keys.order(Int(one.key), Int(other.key)) : left < right ? -1 : 1
    }

    /// What is missing comes first.
    private static func order(_ texts: StringVector, _ first: Int32, _ second: Int32) -> Int {
        first < 0 || second < 0 ? (first < 0 ? -1 : 1) : texts.order(Int(first), Int(second))
    }
}
