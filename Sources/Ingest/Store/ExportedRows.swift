import Bytes
import Columns
import Segments
import Storage

/// Some rows of a segment as lines of JSON, in the order in which an export gives them.
struct ExportedRows {
    /// Lines in pieces that are as long as what is in them: one array that grows would be twice as long.
    private var blocks: [[UInt8]] = []
    /// The rows that pass, by what they are ordered by.
    private var rows: [Row] = []
    private var next = 0

    private struct Row {
        var key: SortKey
        var block: Int
        var line: Range<Int>
    }

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
            let block = unsafe renderer.lines.withUnsafeBytes { unsafe [UInt8]($0) }
            var start = 0
            while row < renderer.rowCount, let end = block[start...].firstIndex(of: Byte.lineFeed) {
                let key = SortKey(time: byIngest ? 0 : times[row], sequence: batch.sequences[row])
                rows.append(Row(key: key, block: blocks.count, line: start..<end + 1))
                start = end + 1
                row += 1
            }
            blocks.append(block)
        }
        rows.sort { $0.key < $1.key }
    }

    /// How much text it holds.
    var byteCount: Int { blocks.reduce(0) { $0 + $1.count } }

    var nextKeys: [SortKey] { rows[next...].map(\.key) }

    /// Keeps only the rows up to a key, and only their text.
    mutating func drop(behind last: SortKey) {
        let keptRows = rows[next...].filter { $0.key <= last }
        var kept: [UInt8] = []
        kept.reserveCapacity(keptRows.reduce(0) { $0 + $1.line.count })
        rows = keptRows.map { row in
            kept += blocks[row.block][row.line]
            return Row(key: row.key, block: 0, line: kept.count - row.line.count..<kept.count)
        }
        (blocks, next) = ([kept], 0)
    }

    var nextKey: SortKey? { next < rows.count ? rows[next].key : nil }

    /// Moves the lines whose keys are not above `limit` to `output` while that has room; how many there were.
    mutating func takeLines(upTo limit: SortKey, into output: inout [UInt8], byteLimit: Int) -> Int {
        let first = next
        while next < rows.count, rows[next].key <= limit, output.count < byteLimit {
            output += blocks[rows[next].block][rows[next].line]
            next += 1
        }
        return next - first
    }
}
