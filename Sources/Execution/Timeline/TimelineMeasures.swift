import Bytes
import Columns
import Segments
import Storage
import TimeQL

/// Numbers about events, by buckets of time and by groups. Those of parts merge.
struct TimelineMeasures {
    let aggregates: [Aggregate]
    private let fields: [BoundField?]
    /// The numbers that are asked for, by their fields: what they have in common is decoded once.
    private let uses: [(field: BoundField?, numbers: [Int])]
    let isBucketed: Bool
    let top: Top?
    let limit: Int
    /// How long the time of a group is.
    let seconds: Double
    private(set) var groups: Groups
    private(set) var numbers: [WeighedNumber]
    /// Whether an event counts as often as it says that it stands for others that are gone.
    private let weighsSamples: Bool
    private(set) var sample = SampleNote()

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
        func add(_ index: Int) { number.add(hash: checksum(dictionary[Int(codes[index])]), Int(groups[index])) }
        let pairCount = (Int(groups.max() ?? 0) + 1) * dictionary.count
        guard pairCount <= max(Self.leastPairCount, codes.count) else {
            var seen: Set<UInt64> = []
            for index in groups.indices
            where seen.insert(UInt64(groups[index]) << 32 | UInt64(codes[index])).inserted { add(index) }
            return
        }
        var isSeen = [Bool](repeating: false, count: pairCount)
        for index in groups.indices {
            let pair = Int(groups[index]) &* dictionary.count &+ Int(codes[index])
            if isSeen[pair] { continue }
            isSeen[pair] = true
            add(index)
        }
    }

    /// A table of so many pairs of a group and an entry costs less than looking them up.
    private static let leastPairCount = 4096

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
}
