import Bytes

/// The answer.
extension TimelineMeasures {
    /// The texts of each group's fields, nil where it has none.
    var groupTexts: [[String?]] {
        (0..<groups.count).map { place in
            groups.key(place).values.enumerated().map { field, value in
                value < 0 ? nil : String(decoding: text(field, value), as: UTF8.self)
            }
        }
    }

    /// Groups of one field with their counts and shares, those first that are the most frequent.
    func mostFrequent(limit: Int?) -> AnswerTable {
        let found = groupTexts.enumerated().compactMap { place, texts in
            texts[0].map { (text: $0, count: numbers[0].count(place)) }
        }
        let total = found.reduce(0.0) { $0 + $1.count }
        let sorted = found.sorted { $0.count == $1.count ? $0.text < $1.text : $0.count > $1.count }
        var table = AnswerTable(
            columns: ["pattern", "count", "share"],
            rows: sorted.prefix(limit ?? .max).map { text, count in
                [.text(text), .integer(Int(count.rounded())), .number(count / total)]
            })
        table.notes = sample.notes
        return table
    }

    /// One of the numbers that are asked for, by groups.
    func number(_ place: Int) -> GroupedNumber { numbers[place].unweighed }

    /// A group and its place among the numbers.
    private struct Group {
        var bucket: Int64
        var values: [Int]
        var place: Int
    }

    func table() -> AnswerTable {
        var rows = (0..<groups.count).map { place in
            let (bucket, values) = groups.key(place)
            return Group(bucket: bucket, values: values, place: place)
        }
        var numbers = numbers
        if let ranks = ranks(rows) {
            rows.removeAll { ranks[$0.values] == nil }
            rows.sort { ($0.bucket, ranks[$0.values] ?? 0) < ($1.bucket, ranks[$1.values] ?? 0) }
        } else {
            rows.sort { $0.bucket == $1.bucket ? comesBefore($0.values, $1.values) : $0.bucket < $1.bucket }
        }
        // Of no events there are numbers, too, when nothing divides them.
        if rows.isEmpty, groups.isOne {
            for number in numbers.indices { numbers[number].grow(to: 1) }
            rows = [Group(bucket: 0, values: [], place: 0)]
        }
        var table = AnswerTable(
            columns: (isBucketed ? ["time"] : []) + groups.fields.map(\.name)
                + aggregates.map(\.title),
            rows: rows.prefix(limit).map { cells($0, numbers) })
        table.notes = sample.notes
        return table
    }

    private func cells(_ group: Group, _ numbers: [WeighedNumber]) -> [AnswerTable.Cell] {
        var cells: [AnswerTable.Cell] = isBucketed ? [.time(group.bucket)] : []
        for (number, value) in group.values.enumerated() {
            cells.append(value < 0 ? .none : .text(String(decoding: text(number, value), as: UTF8.self)))
        }
        return cells + numbers.map { $0.result(group.place, seconds: seconds) }
    }

    private func text(_ field: Int, _ value: Int) -> ArraySlice<UInt8> { groups.values[field].texts[value] }

    /// By texts; what is missing comes first.
    private func comesBefore(_ left: [Int], _ right: [Int]) -> Bool {
        for number in left.indices where left[number] != right[number] {
            guard left[number] >= 0 else { return true }
            guard right[number] >= 0 else { return false }
            return text(number, left[number]).lexicographicallyPrecedes(text(number, right[number]))
        }
        return false
    }

    /// The groups of TOP and the places they take, over all buckets; nil without TOP.
    private func ranks(_ rows: [Group]) -> [[Int]: Int]? {
        guard let top else { return nil }
        var totalOfValues: [[Int]: Int] = [:]
        var totalOfGroup = [Int](repeating: 0, count: rows.count)
        for row in rows {
            let total = totalOfValues[row.values] ?? totalOfValues.count
            totalOfValues[row.values] = total
            totalOfGroup[row.place] = total
        }
        var totals = WeighedNumber(numbers[top.place].function)
        totals.grow(to: totalOfValues.count)
        totals.merge(numbers[top.place], totalOfGroup)
        let sorted = totalOfValues.map { (values: $0.key, size: totals.result($0.value, seconds: seconds).size) }
            .sorted { $0.size == $1.size ? comesBefore($0.values, $1.values) : $0.size > $1.size }
        return Dictionary(uniqueKeysWithValues: sorted.prefix(top.count).enumerated().map { ($1.values, $0) })
    }
}

extension AnswerTable.Cell {
    fileprivate var size: Double {
        switch self {
        case .integer(let value): Double(value)
        case .number(let value): value
        case .none, .text, .literal, .time: -.infinity
        }
    }
}
