import Columns
import Files
import Storage
import TimeQL

/// How two moments or two periods differ.
struct CompareAnswer: BoundStatement {
    let statement: CompareStatement
    let pool: ReaderPool
    let context: TimeContext
    let knownAt: Int64
    let units: [ColumnPath: FieldUnit]
    let mapping: StateMapping
    let options: QueryOptions

    /// What is compared, found by itself or asked for.
    struct Fields {
        var fields: [BoundField]
        var groups: [BoundField]
        var areFound: Bool
        let catalog: FieldCatalog

        var names: [String] { fields.map(\.name) }
        var numbers: [Int] {
            fields.indices.filter { catalog.types(of: fields[$0]).contains(where: \.isNumber) }
        }
        var texts: [Int] { fields.indices.filter { !catalog.types(of: fields[$0]).isDisjoint(with: Self.textTypes) } }

        private static let textTypes: Set<ColumnType> = [.string, .bool]
    }

    /// A field with more different values tells nothing by any of them, unless it is asked for.
    static let valueLimit = 1000
    /// Rows of an answer that nobody has limited, of a comparison of everything.
    private static let rowLimit = 20

    func answer() throws -> Answer { .table(try table()) }

    func table() throws -> AnswerTable {
        let times = try ComparedTimes(statement, context) { try deploy($0) }
        let differences: [Difference]
        switch (times.first, times.second) {
        case (.moment(let first), .moment(let second)): differences = try compare(first, second)
        case (.period(let first), .period(let second)): differences = try compare(first, second)
        default: preconditionFailure("a moment beside a period")
        }
        let limit = statement.limit?.value ?? (statement.fields.isEmpty ? Self.rowLimit : .max)
        var table = AnswerTable(
            columns: statement.groupedBy.map(\.text) + Difference.columns,
            rows: differences.prefix(limit).map(\.cells))
        table.dispensableColumns = Difference.dispensableColumns
        if statement.fields.isEmpty, let first = differences.first, !first.isSignificant {
            table.notes.append("no difference is significant; these are the greatest")
        }
        return table
    }

    func fields(_ catalog: FieldCatalog) throws -> Fields {
        Fields(
            fields: try statement.fields.isEmpty
                ? catalog.comparableFields : statement.fields.map { try catalog.resolve($0) },
            groups: try statement.groupedBy.map { try catalog.resolve($0) }, areFound: statement.fields.isEmpty,
            catalog: catalog)
    }

    /// The last time that a version was deployed: of deploys that fulfil the condition, when there are any.
    func deploy(_ version: Identifier) throws -> Int64 {
        let scan = try EventScan(pool, times: .min ... .max, knownAt: knownAt, recorder: options.recorder)
        var names = [version.text]
        if let first = version.text.utf8.first, first == UInt8(ascii: "v") {
            names.append(String(version.text.dropFirst()))
        }
        let isVersion = ValueTest.anyOf(texts: names)
        let versions = scan.catalog.fields(withLastKey: "version").map { BoundPredicate.test($0, isVersion) }
        let isDeploy = BoundPredicate.test(BoundField(.eventType), .text(.equal, Array("deploy".utf8)))
        let binder = PredicateBinder(catalog: scan.catalog, context: context, units: FieldUnits(units, of: pool))
        let conditions = [isDeploy, .any(versions)]
        // A comparison of state may ask for what no event has.
        if let condition = statement.condition.flatMap({ try? binder.bind($0) }),
            let last = try Self.last(in: scan.restricted(to: conditions + [condition]))
        {
            return last
        }
        guard let last = try Self.last(in: scan.restricted(to: conditions)) else {
            throw QueryError(.name, "no deploy of a version '\(version.text)' is known", at: version.range)
        }
        return last
    }

    private static func last(in scan: EventScan) throws(StoreError) -> Int64? {
        var (scan, last) = (scan, Int64?.none)
        for part in scan.parts {
            guard let (_, times) = try scan.rows(of: part, with: { _ in false }) else { continue }
            last = max(last ?? .min, times.max() ?? .min)
        }
        return last
    }

    // MARK: Moments

    /// The state of entities at two moments: each entity is one value of a field.
    private func compare(_ first: Int64, _ second: Int64) throws -> [Difference] {
        let (sides, fields, condition) = try states(first, second, options)
        let found = sides.map { side in
            let asked = (fields.fields + fields.groups + (condition?.fields ?? [])).flatMap(\.paths)
            return values(side.batch(of: Set(asked)), fields, condition)
        }
        return Difference.all(found[0], found[1], fields: fields.names, onlySignificant: fields.areFound)
    }

    /// What was true at two moments, and what is compared of it on which condition: names are known when it is read.
    func states(
        _ first: Int64, _ second: Int64, _ options: QueryOptions
    ) throws -> (sides: [StateRows], fields: Fields, condition: BoundPredicate?) {
        var lookup = try pool.stateLookup(mapping, knownAt: knownAt, options)
        let sides = try [first, second].map { StateRows(StateView(try lookup.state(at: $0))) }
        var catalog = sides[0].catalog
        catalog.add(sides[1].catalog)
        let fields = try fields(catalog)
        let binder = PredicateBinder(
            catalog: catalog, context: context, units: FieldUnits(units, of: pool, state: mapping))
        return (sides, fields, try statement.condition.map { try binder.bind($0) })
    }

    private func values(_ batch: RowBatch, _ fields: Fields, _ condition: BoundPredicate?) -> ComparedValues {
        let rows = condition?.rows(of: batch)
        let groups = fields.groups.map { BatchField($0, in: batch).texts }
        var values = ComparedValues()
        func group(_ row: Int) -> ComparedValues.Group { groups.map { $0[row] } }
        for field in fields.numbers {
            for (row, number) in BatchField(fields.fields[field], in: batch).numbers.enumerated()
            where !number.isNaN && rows?[row] ?? true {
                values.add(number, field: field, group(row))
            }
        }
        for field in fields.texts {
            for (row, text) in BatchField(fields.fields[field], in: batch).texts.enumerated() where rows?[row] ?? true {
                if let text { values.add(text, field: field, group(row)) }
            }
        }
        return values
    }

    // MARK: Periods

    private func compare(_ first: Range<Int64>, _ second: Range<Int64>) throws -> [Difference] {
        let (all, scans, condition, _) = try scans(first, second)
        var fields = all
        if fields.areFound {
            fields.fields = try telling(
                fields,
                scans.map { (scan) throws(StoreError) in try scan.restricted(to: condition.map { [$0] } ?? []) })
        }
        let known = fields
        let found = try ofBoth(scans) { scan, options in
            try values(scan, where: condition, known, options)
        }
        return Difference.all(found[0], found[1], fields: fields.names, onlySignificant: fields.areFound)
    }

    /// What is compared of two periods, where it is read and on which condition, and what people should know about that.
    func scans(
        _ first: Range<Int64>, _ second: Range<Int64>
    ) throws -> (fields: Fields, scans: [EventScan], condition: BoundPredicate?, notes: [String]) {
        let both = min(first.lowerBound, second.lowerBound)..<max(first.upperBound, second.upperBound)
        let catalog = try scan(both).catalog
        let binder = PredicateBinder(
            catalog: catalog, context: context, units: FieldUnits(units, of: pool))
        let condition = try statement.condition.map { try binder.bind($0) }
        return (
            try fields(catalog), try [first, second].map { try scan($0) }, condition,
            try statement.condition.map { try binder.notes($0) } ?? []
        )
    }

    private func scan(_ period: Range<Int64>) throws -> EventScan {
        try EventScan(
            pool, times: TimelineAnswer.times((period.lowerBound, period.upperBound)), knownAt: knownAt,
            recorder: options.recorder)
    }

    /// The options of each of two sides that are read at the same time.
    var optionsOfSide: QueryOptions {
        var options = options
        options.threadCount = max(1, options.threadCount / 2)
        return options
    }

    /// Goes to another thread, which makes a scan of its own.
    private struct Side: @unchecked Sendable {
        let scan: EventScan
    }

    /// What `find` finds on each side. Both are read at the same time: a side alone is mostly too little for threads.
    private func ofBoth<Found: Sendable>(
        _ scans: [EventScan], _ find: @escaping @Sendable (EventScan, QueryOptions) throws -> Found
    ) throws -> [Found] {
        let ofSide = optionsOfSide
        let sides = scans.map { Side(scan: $0) }
        let queue = FragmentQueue<Found, [Found]>(count: sides.count, into: []) { $0.append($1) }
        let work: @Sendable (Int) -> Void = { first in
            queue.work { try find(sides[$0].scan.forAnotherThread(first), ofSide) }
        }
        let thread = options.threadCount > 1 ? WorkerThread { work(ofSide.threadCount) } : nil
        work(0)
        thread?.join()
        return try queue.finish()
    }

    private func measures(
        _ wanted: [(function: Aggregate.Function, field: BoundField?)], by groups: [BoundField], _ scan: EventScan,
        _ options: QueryOptions
    ) throws -> TimelineMeasures {
        let range = SourceRange(0, 0)
        let empty = TimelineMeasures(
            wanted.map { Aggregate(function: $0.function, range: range) },
            fields: wanted.map(\.field), groups: groups, bucketWidth: nil, top: nil, limit: nil, period: 0...0,
            weighsSamples: false)
        return try FragmentRun(scan: scan, options: options).measures(empty)
    }

    /// Those of the fields whose texts are few enough. Most of the others show that in the first rows already, and they
    /// are what takes longest: these are not read on.
    private func telling(_ fields: Fields, _ scans: [EventScan]) throws -> [BoundField] {
        var left = fields.texts
        if scans.contains(where: { $0.parts.count > 2 }) {
            let firsts = scans.map { scan in
                var first = scan
                first.parts = Array(scan.parts.prefix(1))
                return first
            }
            // Estimates are not so far off that all rows could have few again.
            left = try texts(left, of: fields, withAtMost: 2 * Self.valueLimit, firsts, areWhole: false)
        }
        left = try texts(left, of: fields, withAtMost: Self.valueLimit, scans, areWhole: true)
        let tooMany = Set(fields.texts).subtracting(left)
        return fields.fields.indices.filter { !tooMany.contains($0) }.map { fields.fields[$0] }
    }

    private func texts(
        _ texts: [Int], of fields: Fields, withAtMost limit: Int, _ scans: [EventScan], areWhole: Bool
    ) throws -> [Int] {
        let tooMany = try ofBoth(scans) { scan, options in
            var options = options
            // What some rows have is not to be kept as what their segments have.
            if !areWhole { options.resultCache = nil }
            let found = try measures(texts.map { (.distinct, fields.fields[$0]) }, by: [], scan, options)
            guard found.groupTexts.count == 1 else { return Set<Int>() }
            return Set(texts.indices.filter { found.number($0).distinctCount(0) > limit }.map { texts[$0] })
        }
        return texts.filter { text in !tooMany.contains { $0.contains(text) } }
    }

    private func values(
        _ scan: EventScan, where condition: BoundPredicate?, _ fields: Fields, _ options: QueryOptions
    ) throws -> ComparedValues {
        // Of events that have nothing to compare the groups are not looked at.
        func rows(having wanted: [Int]) throws(StoreError) -> EventScan {
            let exists = BoundPredicate.any(wanted.map { .test(fields.fields[$0], .exists) })
            return try scan.restricted(to: (condition.map { [$0] } ?? []) + [exists])
        }
        var values = ComparedValues()
        let numbers = fields.numbers
        let wanted = numbers.flatMap { field -> [(Aggregate.Function, BoundField?)] in
            [(.sum, fields.fields[field]), (.quantile(thousandths: 50_000), fields.fields[field])]
        }
        if !numbers.isEmpty {
            let found = try measures(wanted, by: fields.groups, rows(having: numbers), options)
            for (place, group) in found.groupTexts.enumerated() {
                for (number, field) in numbers.enumerated() {
                    let sketch = found.number(2 * number + 1).sketch(place)
                    guard sketch.count > 0 else { continue }
                    values.numbers[field, default: [:]][group] = ComparedValues.Numbers(
                        sum: found.number(2 * number).sum(place), sketch: sketch)
                }
            }
        }
        for field in fields.texts {
            let found = try measures(
                [(.count, nil)], by: fields.groups + [fields.fields[field]], rows(having: [field]), options)
            for (place, texts) in found.groupTexts.enumerated() {
                guard let text = texts.last ?? nil else { continue }
                values.add(text, count: found.number(0).count(place), field: field, Array(texts.dropLast()))
            }
        }
        return values
    }
}
