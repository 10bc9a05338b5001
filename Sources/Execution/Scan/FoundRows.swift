import Bytes
import Columns
import Segments
import Storage

/// The rows of a part that fulfil a condition; of their values nothing was read yet that the condition does not need.
struct FoundRows {
    let zones: ZoneScan
    let rows: Bitmap
    let count: Int
    private let timeColumn: SegmentColumn

    init(_ zones: ZoneScan, _ rows: Bitmap, times column: SegmentColumn) {
        self.zones = zones
        self.rows = rows
        count = rows.setCount
        timeColumn = column
    }

    /// When each of the rows happened.
    func times() throws(SegmentError) -> [Int64] {
        try zones.words(of: timeColumn, in: rows).map { Int64(bitPattern: $0) }
    }

    /// About when each of the part's rows happened; nil where that takes longer to tell than the times of these.
    func timeStretches() throws(SegmentError) -> TimeStretches? {
        try zones.timeStretches(of: timeColumn, insteadOf: count)
    }

    /// The first and the last time that one of the rows can have, without a look at them.
    var possibleTimes: ClosedRange<Int64>? {
        let all = zones.reader.zones[zones.zones]
        guard let first = all.map(\.minTimestamp).min(), let last = all.map(\.maxTimestamp).max(), first <= last
        else { return nil }
        return first...last
    }

    func sequences() throws(SegmentError) -> [UInt64] { try zones.sequences(in: rows) }

    /// Some of the rows, which ascend, by their places among these.
    func selecting(_ places: [Int]) -> FoundRows {
        let positions = rows.positions
        var chosen = Bitmap(count: rows.count)
        for place in places { chosen[Int(positions[place])] = true }
        return FoundRows(zones, chosen, times: timeColumn)
    }

    /// The rows by how many events each stands for: themselves, and those that sampling left out.
    func byWeight() throws(SegmentError) -> [(weight: Double, rows: FoundRows)] {
        guard try !zones.reader.columns(at: SamplingPolicy.weightPath).isEmpty else { return [(1, self)] }
        var weights = [Double](repeating: 1, count: count)
        try forEachRun(of: BoundField([SamplingPolicy.weightPath])) { run in
            guard let numbers = run.numbers else { return }
            for (index, weight) in numbers.enumerated() where weight.isFinite && weight > 1 {
                weights[run.place(index)] = weight
            }
        }
        let different = Set(weights).sorted()
        if different.count == 1 { return [(different[0], self)] }
        return different.map { weight in
            (weight, selecting(weights.indices.filter { weights[$0] == weight }))
        }
    }

    func batch(where isWanted: (ColumnPath) -> Bool) throws(SegmentError) -> RowBatch {
        try zones.batch(of: rows) { isWanted($0.path) }
    }

    /// Goes through the values of a field: the type of a column, its values, for each of them that counts the place of
    /// its row among these and its own place among the values.
    func forEachRun(of field: BoundField, _ body: (FieldRun) -> Void) throws(SegmentError) {
        var hidden: Bitmap?
        for (place, path) in field.paths.enumerated() {
            let columns = try zones.reader.columns(at: path)
            for column in columns {
                for run in try zones.runs(of: column, in: rows) { body(FieldRun(column, run, rows, hidden)) }
            }
            guard place < field.paths.count - 1 else { return }
            for column in columns {
                var more = hidden ?? Bitmap(count: rows.count)
                more.formUnion(try zones.rows(having: column))
                hidden = more
            }
        }
    }
}

/// Values of a field in some rows.
struct FieldRun {
    let type: ColumnType
    let values: ColumnVector
    /// Tells the dictionary of coded values from others of the segment; nil: it serves here alone.
    let dictionary: DictionaryName?
    /// Of each value that counts the place of its row; nil: value *i* is that of row *i*, and all count.
    let places: [UInt32]?
    /// Of each value that counts its place among the values; nil: all count.
    let ranks: [UInt32]?
    let count: Int

    struct DictionaryName: Hashable {
        var ordinal: Int
        var resource: Int
    }

    init(_ column: SegmentColumn, _ run: ColumnRun, _ rows: Bitmap, _ hidden: Bitmap?) {
        type = column.type
        values = run.values
        dictionary = run.dictionary.map { DictionaryName(ordinal: column.ordinal, resource: $0) }
        let all = Bitmap(count: rows.count, repeating: true)
        let present = run.rows ?? all
        if hidden == nil, rows == present {
            places = nil
            ranks = nil
            count = values.count
            return
        }
        if hidden == nil, rows.isSubset(of: present) {
            places = nil
            ranks = rows.ranks(among: present)
            count = rows.setCount
            return
        }
        var wanted = present
        if let hidden { wanted.subtract(hidden) }
        let (places, ranks) = rows.ranks(of: wanted, among: present)
        self.places = places
        self.ranks = ranks.count == values.count ? nil : ranks
        count = ranks.count
    }

    /// The values that count, in the order of their rows.
    var chosen: ColumnVector { ranks.map { values.gather($0) } ?? values }

    /// Calls `body` for each value that counts with its place among the values, and that of its row.
    @inline(__always)
    func forEachValue(_ body: (_ value: Int, _ row: Int) -> Void) {
        switch (ranks, places) {
        case (nil, nil): for index in 0..<count { body(index, index) }
        case (nil, let places?): for index in 0..<count { body(index, Int(places[index])) }
        case (let ranks?, nil): for index in 0..<count { body(Int(ranks[index]), index) }
        case (let ranks?, let places?): for index in 0..<count { body(Int(ranks[index]), Int(places[index])) }
        }
    }

    @inline(__always)
    func place(_ index: Int) -> Int { places.map { Int($0[index]) } ?? index }
}
