import Bytes
import Columns
import Segments
import Storage

/// Some rows of a segment as lines of JSON, in the order in which an export gives them.
struct ExportedRows {
    private var lines: [UInt8] = []
    /// The rows that pass, by what they are ordered by.
    private var rows: [(key: SortKey, line: Range<Int>)] = []
    private var next = 0

    /// Events are ordered by time, and those of one time as they came in; or just as they came in.
    struct SortKey: Comparable {
        var time: Int64
        var sequence: UInt64

        static func < (left: SortKey, right: SortKey) -> Bool {
            (left.time, left.sequence) < (right.time, right.sequence)
        }

        static let first = SortKey(time: .min, sequence: 0)
        static let last = SortKey(time: .max, sequence: .max)

        /// The one right behind it.
        var next: SortKey {
            sequence < .max ? SortKey(time: time, sequence: sequence + 1) : SortKey(time: time + 1, sequence: 0)
        }
    }

    /// - Parameter keys: those of the rows that are wanted.
    init(
        _ batch: RowBatch, _ filter: ExportFilter, _ keys: ClosedRange<SortKey>, byIngest: Bool, weightKey: String?
    ) throws(DecodeError) {
        guard let allTimes = batch.times else { throw .corrupt(at: 0, "a row has no time") }
        let passes = filter.passes(batch, times: allTimes)
        // Rows that do not pass are not turned into text.
        let passing = passes.indices.filter {
            passes[$0] && keys.contains(SortKey(time: byIngest ? 0 : allTimes[$0], sequence: batch.sequences[$0]))
        }
        guard !passing.isEmpty else { return }
        let batch = batch.selecting(passing)
        let times = passing.map { allTimes[$0] }
        var renderer = EventRenderer(batch.original(weightKey: weightKey))
        var row = 0
        while try renderer.renderNext() {
            unsafe renderer.lines.withUnsafeBytes { block in
                var start = lines.count
                unsafe lines.append(contentsOf: block)
                while row < renderer.rowCount, let end = lines[start...].firstIndex(of: UInt8(ascii: "\n")) {
                    let key = SortKey(time: byIngest ? 0 : times[row], sequence: batch.sequences[row])
                    rows.append((key, start..<end + 1))
                    start = end + 1
                    row += 1
                }
            }
        }
        rows.sort { $0.key < $1.key }
    }

    /// How much text it holds.
    var byteCount: Int { lines.count }

    var nextKeys: [SortKey] { rows[next...].map(\.key) }

    /// Keeps only the rows up to a key, and only their text.
    mutating func drop(behind last: SortKey) {
        var kept: [UInt8] = []
        var keptRows: [(key: SortKey, line: Range<Int>)] = []
        for row in rows[next...] where row.key <= last {
            keptRows.append((row.key, kept.count..<kept.count + row.line.count))
            kept += lines[row.line]
        }
        (lines, rows, next) = (kept, keptRows, 0)
    }

    var nextKey: SortKey? { next < rows.count ? rows[next].key : nil }

    /// Gives the lines whose keys are not above `limit`, as pieces of one array.
    mutating func takeLines(upTo limit: SortKey, _ body: (ArraySlice<UInt8>) -> Void) {
        while next < rows.count, rows[next].key <= limit {
            body(lines[rows[next].line])
            next += 1
        }
    }
}
