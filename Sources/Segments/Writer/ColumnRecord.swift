import Bytes
import Columns

/// What is written of a column so far: it becomes its directory entry, page table and statistics.
final class ColumnRecord {
    let key: ColumnKey
    var pages: [PageEntry] = []
    var valueCount = 0
    var rawByteCount = 0
    var hasOverflow = false
    var statistics = StatisticsBuilder()

    init(key: ColumnKey) { self.key = key }
}
