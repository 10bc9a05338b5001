import Columns
import Storage
import TimeQL

/// Numbers about events, by buckets of time and by groups.
struct TimelineMeasures {
    private let aggregates: [Aggregate]
    private let fields: [BoundField?]
    private let groups: [BoundField]
    private let bucketWidth: Int64?
    private let top: Top?
    private let limit: Int
    /// How long the time of a group is.
    private let seconds: Double

    private var tree = GroupTree()
    /// The values of each group field.
    private var texts: [TextNumbers]
    private var buckets: [Int64] = []
    private var bucketNumbers: [Int64: Int] = [:]
    /// The accumulators of a group begin at its place in `found`, times the number of aggregates.
    private var accumulators: [Accumulator] = []
    private var found: [Int] = []
    private var placeOfGroup: [Int: Int] = [:]

    /// Only so many groups, those in which one of the numbers is greatest.
    struct Top {
        var count: Int
        var place: Int
    }

    /// More groups than anybody reads; each takes some hundred bytes, with a sketch some thousand.
    static let groupLimit = 200_000

    init(
        _ aggregates: [Aggregate], fields: [BoundField?], groups: [BoundField], bucketWidth: Int64?, top: Top?,
        limit: Int?, period: ClosedRange<Int64>
    ) {
        self.aggregates = aggregates
        self.fields = fields
        self.groups = groups
        self.bucketWidth = bucketWidth
        self.top = top
        self.limit = limit ?? .max
        let width = UInt64(bitPattern: period.upperBound &- period.lowerBound)
        seconds = (bucketWidth.map { Double($0) } ?? Double(width) + 1) / 1e9
        texts = groups.map { _ in TextNumbers() }
    }

    /// What is looked at.
    var paths: Set<ColumnPath> { Set((fields.compactMap(\.self) + groups).flatMap(\.paths)) }

    mutating func add(_ batch: RowBatch, times: [Int64]) throws(QueryError) {
        let places = try places(of: batch, times: times)
        for (number, aggregate) in aggregates.enumerated() {
            guard let field = fields[number] else {
                for place in places { accumulators[place + number].add() }
                continue
            }
            let values = BatchField(field, in: batch)
            switch aggregate.function {
            case .count, .rate, .distinct:
                values.forEachText { row, text, _ in accumulators[places[row] + number].add(text) }
            default:
                for (row, value) in values.numbers.enumerated() where !value.isNaN {
                    accumulators[places[row] + number].add(value)
                }
            }
        }
    }

    /// Where the accumulators of each row's group begin.
    private mutating func places(of batch: RowBatch, times: [Int64]) throws(QueryError) -> [Int] {
        var groups = times.map { tree.child(of: GroupTree.root, value: bucketNumber($0)) }
        for (number, field) in self.groups.enumerated() {
            var values = [Int](repeating: -1, count: batch.rowCount)
            var known: [Int: [Int: Int]] = [:]
            BatchField(field, in: batch).forEachText { row, text, code in
                if let code, let value = known[code.dictionary]?[code.entry] {
                    values[row] = value
                    return
                }
                values[row] = texts[number].number(of: text)
                if let code { known[code.dictionary, default: [:]][code.entry] = values[row] }
            }
            for row in values.indices { groups[row] = tree.child(of: groups[row], value: values[row]) }
        }
        let fresh = aggregates.map { Accumulator($0.function) }
        for row in groups.indices {
            if let place = placeOfGroup[groups[row]] {
                groups[row] = place
                continue
            }
            guard found.count < Self.groupLimit else { throw Self.tooMany(aggregates[0].range) }
            placeOfGroup[groups[row]] = accumulators.count
            found.append(groups[row])
            groups[row] = accumulators.count
            accumulators += fresh
        }
        return groups
    }

    private static func tooMany(_ range: SourceRange) -> QueryError {
        QueryError(
            .limit, "there are more than \(groupLimit) groups", at: range,
            hint: "group by fewer fields, take wider buckets, or a shorter time")
    }

    /// A bucket begins at a multiple of its width since 1970.
    private mutating func bucketNumber(_ time: Int64) -> Int {
        guard let width = bucketWidth else { return 0 }
        let rest = time % width
        let start = time - (rest < 0 ? rest + width : rest)
        if let known = bucketNumbers[start] { return known }
        bucketNumbers[start] = buckets.count
        buckets.append(start)
        return buckets.count - 1
    }

    // The answer.

    /// A group with what was found.
    private struct Group {
        var bucket: Int64
        var values: [Int]
        var accumulators: ArraySlice<Accumulator>
    }

    func table() -> AnswerTable {
        var rows = found.enumerated().map { number, group in
            let values = tree.values(of: group)
            let first = number * aggregates.count
            return Group(
                bucket: bucketWidth == nil ? 0 : buckets[values[0]], values: Array(values.dropFirst()),
                accumulators: accumulators[first..<first + aggregates.count])
        }
        if let ranks = ranks(rows) {
            rows.removeAll { ranks[$0.values] == nil }
            rows.sort { ($0.bucket, ranks[$0.values] ?? 0) < ($1.bucket, ranks[$1.values] ?? 0) }
        } else {
            rows.sort { $0.bucket == $1.bucket ? comesBefore($0.values, $1.values) : $0.bucket < $1.bucket }
        }
        // Of no events there are numbers, too, when nothing divides them.
        if rows.isEmpty, groups.isEmpty, bucketWidth == nil {
            let none = aggregates.map { Accumulator($0.function) }
            rows = [Group(bucket: 0, values: [], accumulators: none[...])]
        }
        return AnswerTable(
            columns: (bucketWidth == nil ? [] : ["time"]) + groups.map(\.name)
                + aggregates.map { $0.name ?? $0.description.lowercased() },
            rows: rows.prefix(limit).map(cells))
    }

    private func cells(_ group: Group) -> [AnswerTable.Cell] {
        var cells: [AnswerTable.Cell] = bucketWidth == nil ? [] : [.time(group.bucket)]
        for (number, value) in group.values.enumerated() {
            cells.append(value < 0 ? .none : .text(String(decoding: texts[number].texts[value], as: UTF8.self)))
        }
        for (aggregate, accumulator) in zip(aggregates, group.accumulators) {
            cells.append(accumulator.result(aggregate.function, seconds: seconds))
        }
        return cells
    }

    /// By texts; what is missing comes first.
    private func comesBefore(_ left: [Int], _ right: [Int]) -> Bool {
        for number in left.indices where left[number] != right[number] {
            guard left[number] >= 0 else { return true }
            guard right[number] >= 0 else { return false }
            return texts[number].texts[left[number]].lexicographicallyPrecedes(texts[number].texts[right[number]])
        }
        return false
    }

    /// The groups of TOP and the places they take, over all buckets; nil without TOP.
    private func ranks(_ rows: [Group]) -> [[Int]: Int]? {
        guard let top else { return nil }
        var totals: [[Int]: Accumulator] = [:]
        for row in rows {
            let accumulator = row.accumulators[row.accumulators.startIndex + top.place]
            if totals[row.values]?.merge(accumulator) == nil { totals[row.values] = accumulator }
        }
        let function = aggregates[top.place].function
        let sorted = totals.map { (values: $0.key, size: $0.value.result(function, seconds: seconds).size) }
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
