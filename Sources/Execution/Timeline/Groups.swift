import Segments

/// The groups of rows: by a bucket of time, and by the texts of some fields.
struct Groups {
    let fields: [BoundField]
    let bucketWidth: Int64?
    private(set) var values: [FieldValues]
    private var tree = GroupTree()
    private var buckets: [Int64] = []
    private var bucketNumbers: [Int64: Int] = [:]
    /// The groups in the order in which they were found, as leaves of the tree.
    private var found: [Int] = []
    /// By the leaf; behind the last that has a place there may be others.
    private var placeOfGroup: [UInt32] = []
    /// Where one field alone divides rows: by the number of its text + 1, as far as it is known.
    private var placeOfText: [UInt32] = []

    init(_ fields: [BoundField], bucketWidth: Int64?) {
        self.fields = fields
        self.bucketWidth = bucketWidth
        values = fields.map { _ in FieldValues() }
    }

    var count: Int { found.count }

    /// Whether all rows are one group.
    var isOne: Bool { fields.isEmpty && bucketWidth == nil }

    /// What they take in memory, about.
    var byteCount: Int { values.reduce(0) { $0 + $1.byteCount } + found.count * 200 }

    /// The bucket of a group, and the number of its text in each field, -1 where it has none.
    func key(_ group: Int) -> (bucket: Int64, values: [Int]) {
        let values = tree.values(of: found[group])
        return (bucketWidth == nil ? 0 : buckets[values[0]], Array(values.dropFirst()))
    }

    /// The group of each row.
    mutating func places(of rows: FoundRows) throws(SegmentError) -> [UInt32] {
        if bucketWidth == nil, fields.count == 1 { return try placesByText(of: rows) }
        var local: LocalGroups
        if bucketWidth != nil {
            local = LocalGroups(count: rows.count, node: GroupTree.root)
            let numbers = try bucketNumbers(of: rows)
            local.divide(numbers, valueCount: buckets.count, &tree)
        } else {
            local = LocalGroups(count: rows.count, node: tree.child(of: GroupTree.root, value: 0))
        }
        for (number, field) in fields.enumerated() {
            var numbers = [Int32](repeating: -1, count: rows.count)
            try values[number].number(field, of: rows, into: &numbers)
            local.divide(numbers, valueCount: values[number].texts.count, &tree)
        }
        let places = local.nodes.map { place(of: $0) }
        if let only = places.first, places.count == 1 { return [UInt32](repeating: only, count: rows.count) }
        return local.groups.map { places[Int($0)] }
    }

    /// The group of each row by the text of the only field.
    private mutating func placesByText(of rows: FoundRows) throws(SegmentError) -> [UInt32] {
        var numbers = [Int32](repeating: -1, count: rows.count)
        try values[0].number(fields[0], of: rows, into: &numbers)
        let unknown = values[0].texts.count + 1 - placeOfText.count
        if unknown > 0 { placeOfText += repeatElement(.max, count: unknown) }
        var known = placeOfText
        placeOfText = []
        defer { placeOfText = known }
        return numbers.map { number in
            let text = Int(number) &+ 1
            if known[text] == .max {
                let all = tree.child(of: GroupTree.root, value: 0)
                known[text] = place(of: tree.child(of: all, value: text - 1))
            }
            return known[text]
        }
    }

    /// The bucket of each row.
    private mutating func bucketNumbers(of rows: FoundRows) throws(SegmentError) -> [Int32] {
        if let times = rows.possibleTimes, start(ofBucketAt: times.lowerBound) == start(ofBucketAt: times.upperBound) {
            return [Int32](repeating: Int32(bucketNumber(start(ofBucketAt: times.lowerBound))), count: rows.count)
        }
        guard let stretches = try rows.timeStretches() else { return bucketNumbers(of: try rows.times()) }
        return try bucketNumbers(of: rows, stretches)
    }

    /// The bucket of each row, by the times between which it is where these have one.
    private mutating func bucketNumbers(
        of rows: FoundRows, _ stretches: TimeStretches
    ) throws(SegmentError) -> [Int32] {
        var numbers: [Int32] = []
        numbers.reserveCapacity(rows.count)
        var unknown: [Int] = []
        guard let first = stretches.stretches.first else { return numbers }
        var bucket = self.bucket(at: first.times.lowerBound)
        for (number, stretch) in stretches.stretches.enumerated() {
            let count = rows.rows.setCount(ofStretch: number)
            if count == 0 { continue }
            if !bucket.times.contains(stretch.times) { bucket = self.bucket(at: stretch.times.lowerBound) }
            if bucket.times.contains(stretch.times) {
                numbers.append(contentsOf: repeatElement(bucket.number, count: count))
                continue
            }
            rows.rows.forEachRow(ofStretch: number) { row in
                let times = stretches.times(ofRow: row, in: stretch)
                if !bucket.times.contains(times) { bucket = self.bucket(at: times.lowerBound) }
                if !bucket.times.contains(times) { unknown.append(numbers.count) }
                numbers.append(bucket.number)
            }
        }
        if unknown.isEmpty { return numbers }
        for (place, number) in zip(unknown, bucketNumbers(of: try rows.selecting(unknown).times())) {
            numbers[place] = number
        }
        return numbers
    }

    private mutating func bucketNumbers(of times: [Int64]) -> [Int32] {
        var numbers = [Int32](repeating: 0, count: times.count)
        guard let first = times.first else { return numbers }
        var bucket = self.bucket(at: first)
        for (row, time) in times.enumerated() {
            // Rows follow one another in time, mostly.
            if !bucket.times.contains(time) { bucket = self.bucket(at: time) }
            numbers[row] = bucket.number
        }
        return numbers
    }

    private struct Bucket {
        var number: Int32
        var times: ClosedRange<Int64>
    }

    private mutating func bucket(at time: Int64) -> Bucket {
        let start = start(ofBucketAt: time)
        let (end, isOver) = start.addingReportingOverflow((bucketWidth ?? 1) - 1)
        return Bucket(number: Int32(bucketNumber(start)), times: start...(isOver ? .max : end))
    }

    /// The one group of all rows.
    mutating func addOnly() { _ = place(of: tree.child(of: GroupTree.root, value: 0)) }

    private mutating func place(of node: Int) -> UInt32 {
        if node >= placeOfGroup.count {
            placeOfGroup += repeatElement(.max, count: node + 1 - placeOfGroup.count)
        }
        if placeOfGroup[node] != .max { return placeOfGroup[node] }
        placeOfGroup[node] = UInt32(found.count)
        found.append(node)
        return UInt32(found.count - 1)
    }

    /// A bucket begins at a multiple of its width since 1970.
    private func start(ofBucketAt time: Int64) -> Int64 {
        guard let width = bucketWidth else { return 0 }
        let rest = time % width
        return time &- (rest < 0 ? rest + width : rest)
    }

    private mutating func bucketNumber(_ start: Int64) -> Int {
        if let known = bucketNumbers[start] { return known }
        bucketNumbers[start] = buckets.count
        buckets.append(start)
        return buckets.count - 1
    }

    /// Forgets what is only needed while rows of a segment are added.
    mutating func forgetSegment() {
        for field in values.indices { values[field].forgetSegment() }
    }

    /// Takes over another's groups, and says which each of them is here.
    mutating func merge(_ other: Groups) -> [Int] {
        if found.isEmpty {
            (values, tree, buckets, bucketNumbers) = (other.values, other.tree, other.buckets, other.bucketNumbers)
            (found, placeOfGroup, placeOfText) = (other.found, other.placeOfGroup, other.placeOfText)
            return Array(found.indices)
        }
        let numbers = other.values.indices.map { field in
            (0..<other.values[field].texts.count).map { Int(values[field].number(of: other.values[field].texts[$0])) }
        }
        return (0..<other.count).map { group in
            let (bucket, texts) = other.key(group)
            var node = tree.child(of: GroupTree.root, value: bucketWidth == nil ? 0 : bucketNumber(bucket))
            for (field, text) in texts.enumerated() {
                node = tree.child(of: node, value: text < 0 ? -1 : numbers[field][text])
            }
            return Int(place(of: node))
        }
    }
}

/// The groups of a few thousand rows while they are divided further, field by field.
private struct LocalGroups {
    /// Of each row its group's place in `nodes`.
    private(set) var groups: [UInt32]
    private(set) var nodes: [Int]

    /// Pairs of a group and a value for which a table is worth its memory.
    private static let tableLimit = 1 << 20

    /// All rows are in one group.
    init(count: Int, node: Int) {
        groups = [UInt32](repeating: 0, count: count)
        nodes = [node]
    }

    /// Divides each group by the values of its rows, -1 … valueCount - 1.
    mutating func divide(_ values: [Int32], valueCount: Int, _ tree: inout GroupTree) {
        precondition(values.count == groups.count, "other values than rows")
        let width = valueCount + 1
        let parents = nodes
        nodes = []
        func add(_ pair: Int, _ nodes: inout [Int]) -> UInt32 {
            nodes.append(tree.child(of: parents[pair / width], value: pair % width - 1))
            return UInt32(nodes.count - 1)
        }
        if parents.count <= Self.tableLimit / width {
            var table = [UInt32](repeating: .max, count: parents.count * width)
            for row in groups.indices {
                let pair = Int(groups[row]) &* width &+ Int(values[row]) &+ 1
                if table[pair] == .max { table[pair] = add(pair, &nodes) }
                groups[row] = table[pair]
            }
        } else {
            var table: [Int: UInt32] = [:]
            for row in groups.indices {
                let pair = Int(groups[row]) * width + Int(values[row]) + 1
                if let known = table[pair] {
                    groups[row] = known
                } else {
                    groups[row] = add(pair, &nodes)
                    table[pair] = groups[row]
                }
            }
        }
    }
}
