public import Bytes
public import Columns

/// Turns rows back into events, one line of compact JSON for each.
///
///     var renderer = EventRenderer(batch)
///     while renderer.renderNext() { try output.append(renderer.lines) }
///
/// A block of rows is rendered column by column, so that each kind of value has a tight loop of its own; then the
/// texts are copied together row by row after the plan of the row's shape.
@safe
public struct EventRenderer: ~Copyable {
    /// What a line shows besides the event.
    public enum Style: Sendable {
        /// The event as it came in.
        case event
        /// `{"event":…,"sequence":…,"storedAt":…}`, the time in nanoseconds since 1970 UTC.
        case eventWithSystem
    }

    private static let rowCountPerBlock = 1024

    private let batch: RowBatch
    private let style: Style
    /// By shape; made when the first row of the shape comes.
    private var plans: [ShapePlan?]
    /// How many values of each column were rendered.
    private var cursors: [Int]
    /// Rows rendered so far.
    public private(set) var rowCount = 0
    private var texts = ValueTexts()
    private var output = TextBuffer()

    public init(_ batch: RowBatch, style: Style = .event) {
        self.batch = batch
        self.style = style
        plans = Array(repeating: nil, count: batch.shapes.count)
        cursors = Array(repeating: 0, count: batch.columns.count)
    }

    /// The lines of the last block, each with its line feed.
    public var lines: RawSpan {
        @_lifetime(borrow self)
        get {
            let bytes = unsafe UnsafeRawBufferPointer(start: output.start, count: output.count).bytes
            return unsafe _overrideLifetime(bytes, borrowing: self)
        }
    }

    /// Renders the next rows, at most `rowLimit`, into ``lines``; false when there are none.
    public mutating func renderNext(rowLimit: Int = .max) throws(DecodeError) -> Bool {
        if rowCount == 0 { try batch.checkTexts() }
        output.removeAll()
        let rows = rowCount..<min(batch.rowCount, rowCount + min(rowLimit, Self.rowCountPerBlock))
        guard !rows.isEmpty else { return false }
        var next = try renderValues(of: rows)
        for row in rows {
            let shape = Int(batch.shapeOfRow[row])
            append(row, &next, plans[shape] ?? ShapePlan([], of: batch))
        }
        rowCount = rows.upperBound
        return true
    }

    /// Renders the values that the rows have; gives for each column the index of its first text.
    private mutating func renderValues(of rows: Range<Int>) throws(DecodeError) -> [Int] {
        var rowCounts = [Int](repeating: 0, count: batch.shapes.count)
        for shape in batch.shapeOfRow[rows] { rowCounts[Int(shape)] += 1 }
        var valueCounts = [Int](repeating: 0, count: batch.columns.count)
        for shape in batch.shapes.indices where rowCounts[shape] > 0 {
            if plans[shape] == nil { plans[shape] = ShapePlan(batch.shapes[shape], of: batch) }
            for column in batch.shapes[shape] { valueCounts[column] += rowCounts[shape] }
        }
        texts.removeAll()
        var firstTexts = [Int](repeating: 0, count: batch.columns.count)
        for column in batch.columns.indices where valueCounts[column] > 0 {
            firstTexts[column] = texts.ends.count
            let range = cursors[column]..<cursors[column] + valueCounts[column]
            guard range.upperBound <= batch.columns[column].values.count else {
                throw .corrupt(at: 0, "a column has fewer values than rows that have it")
            }
            try texts.append(batch.columns[column], range)
            cursors[column] = range.upperBound
        }
        return firstTexts
    }

    private mutating func append(_ row: Int, _ next: inout [Int], _ plan: borrowing ShapePlan) {
        if style == .eventWithSystem { append("{\"event\":") }
        for step in plan.steps {
            append(plan.literals, step.literal)
            let index = next[step.column]
            next[step.column] = index &+ 1
            let start = index == 0 ? 0 : texts.ends[index &- 1]
            let byteCount = texts.ends[index] &- start
            unsafe output.room(byteCount).update(from: texts.text.start + start, count: byteCount)
            output.advance(byteCount)
        }
        append(plan.literals, plan.ending)
        if style == .eventWithSystem { appendSystem(row) }
        output.append(UInt8(ascii: "\n"))
    }

    private mutating func append(_ literals: [UInt8], _ range: Range<Int>) {
        unsafe literals.withUnsafeBufferPointer { literals in
            guard let start = literals.baseAddress else { return }
            unsafe output.room(range.count).update(from: start + range.lowerBound, count: range.count)
            output.advance(range.count)
        }
    }

    private mutating func append(_ text: StaticString) {
        unsafe output.room(text.utf8CodeUnitCount).update(from: text.utf8Start, count: text.utf8CodeUnitCount)
        output.advance(text.utf8CodeUnitCount)
    }

    private mutating func appendSystem(_ row: Int) {
        let room = DecimalText.maximumDigitCount + renderingSlackByteCount
        append(",\"sequence\":")
        output.advance(unsafe DecimalText.render(padded: batch.sequences[row], digits: 1, at: output.room(room)))
        append(",\"storedAt\":")
        let time = Int64(bitPattern: batch.storedAt[row])
        output.advance(unsafe DecimalText.render(signed: time, at: output.room(room)))
        append("}")
    }
}
