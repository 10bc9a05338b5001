import Bytes
import Columns
import Segments
import Storage
import TimeQL

/// Numbers about events, by buckets of time and by groups. Those of parts merge.
struct TimelineMeasures {
    private let aggregates: [Aggregate]
    private let fields: [BoundField?]
    /// The numbers that are asked for, by their fields: what they have in common is decoded once.
    private let uses: [(field: BoundField?, numbers: [Int])]
    private let isBucketed: Bool
    private let top: Top?
    private let limit: Int
    /// How long the time of a group is.
    private let seconds: Double
    private var groups: Groups
    private var numbers: [WeighedNumber]
    /// Whether an event counts as often as it says that it stands for others that are gone.
    private let weighsSamples: Bool
    private var sample = SampleNote()

    /// Only so many groups, those in which one of the numbers is greatest.
    struct Top {
        var count: Int
        var place: Int
    }

    /// More groups than anybody reads; each takes some hundred bytes, with a sketch some thousand.
    static let groupLimit = 200_000

    init(
        _ aggregates: [Aggregate], fields: [BoundField?], groups: [BoundField], bucketWidth: Int64?, top: Top?,
        limit: Int?, period: ClosedRange<Int64>, weighsSamples: Bool = true
    ) {
        self.weighsSamples = weighsSamples
        self.aggregates = aggregates
        self.fields = fields
        var uses: [(field: BoundField?, numbers: [Int])] = []
        for (number, field) in fields.enumerated() {
            if let known = uses.firstIndex(where: { $0.field == field }) {
                uses[known].numbers.append(number)
            } else {
                uses.append((field, [number]))
            }
        }
        self.uses = uses
        self.top = top
        self.limit = limit ?? .max
        isBucketed = bucketWidth != nil
        let width = UInt64(bitPattern: period.upperBound &- period.lowerBound)
        seconds = (bucketWidth.map { Double($0) } ?? Double(width) + 1) / 1e9
        self.groups = Groups(groups, bucketWidth: bucketWidth)
        numbers = aggregates.map { WeighedNumber($0.function) }
    }

    /// What it takes in memory, about.
    var byteCount: Int { groups.byteCount + numbers.reduce(0) { $0 + $1.byteCount } }

    /// Where the question asks for the numbers.
    var range: SourceRange { aggregates[0].range }

    /// Whether the order in which rows are added tells in the last digits: sums are rounded at each step.
    var dependsOnOrder: Bool {
        aggregates.contains {
            switch $0.function {
            case .sum, .average: true
            case .count, .rate, .minimum, .maximum, .quantile, .distinct: false
            }
        }
    }

    /// What is looked at.
    var paths: Set<ColumnPath> {
        Set((fields.compactMap(\.self) + groups.fields + (isBucketed ? [.timestamp] : [])).flatMap(\.paths))
    }

    /// What makes two questions find the same numbers in the same rows.
    func plan(_ condition: Condition?) -> MeasurePlan {
        MeasurePlan(
            condition: condition?.predicate, functions: aggregates.map(\.function), fields: fields,
            groups: groups.fields, bucketWidth: groups.bucketWidth)
    }

    // MARK: Rows

    mutating func add(_ rows: FoundRows) throws(SegmentError) {
        guard weighsSamples else { return try add(rows, weight: 1) }
        for (weight, part) in try rows.byWeight() {
            if weight > 1 { sample.add(part.count, weight) }
            try add(part, weight: weight)
        }
    }

    private mutating func add(_ rows: FoundRows, weight: Double) throws(SegmentError) {
        let places: [UInt32]?
        if groups.isOne {
            groups.addOnly()
            places = nil
        } else {
            places = try groups.places(of: rows)
        }
        for number in numbers.indices { numbers[number].grow(to: groups.count) }
        for (field, uses) in uses {
            guard let field else {
                for use in uses { numbers[use].add(weight) { $0.addRows(places, count: rows.count) } }
                continue
            }
            try rows.forEachRun(of: field) { run in
                let groups = run.groups(places)
                var values: [Double]??
                for use in uses { numbers[use].add(weight) { Self.add(run, groups, &values, to: &$0) } }
            }
        }
    }

    /// `values` are the run's numbers, once they were made.
    private static func add(
        _ run: FieldRun, _ groups: [UInt32], _ values: inout [Double]??, to number: inout GroupedNumber
    ) {
        switch number.function {
        case .count, .rate:
            if run.hasTexts { number.addRows(groups, count: run.count) }
        case .distinct: addTexts(of: run, groups, to: &number)
        default:
            let known = values ?? run.numbers
            values = .some(known)
            if let known { number.add(known, groups) }
        }
    }

    /// Different values: each entry of a dictionary counts once in each group.
    private static func addTexts(of run: FieldRun, _ groups: [UInt32], to number: inout GroupedNumber) {
        guard case .codedStrings(let dictionary, let codes) = run.chosen else {
            guard run.hasTexts, let texts = run.chosen.shownTexts(run.type) else { return }
            number.addRows(groups, count: run.count)
            for index in groups.indices { number.add(hash: checksum(texts[index]), Int(groups[index])) }
            return
        }
        number.addRows(groups, count: run.count)
        var seen: Set<UInt64> = []
        for index in groups.indices {
            let pair = UInt64(groups[index]) << 32 | UInt64(codes[index])
            if seen.insert(pair).inserted {
                number.add(hash: checksum(dictionary[Int(codes[index])]), Int(groups[index]))
            }
        }
    }

    /// Forgets what is only needed while rows of a segment are added.
    mutating func forgetSegment() { groups.forgetSegment() }

    /// Takes over what was found in another part.
    mutating func merge(_ other: TimelineMeasures) {
        let places = groups.merge(other.groups)
        sample.add(other.sample)
        for number in numbers.indices {
            numbers[number].grow(to: groups.count)
            numbers[number].merge(other.numbers[number], places)
        }
    }

    /// More groups than there may be.
    func check() throws(QueryError) {
        guard groups.count > Self.groupLimit else { return }
        throw QueryError(
            .limit, "there are more than \(Self.groupLimit) groups", at: range,
            hint: "group by fewer fields, take wider buckets, or a shorter time")
    }

    // MARK: The answer

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
                + aggregates.map { $0.name ?? $0.description.lowercased() },
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
