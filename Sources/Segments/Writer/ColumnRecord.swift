import Bytes
import Columns

/// What is written of a column so far: it becomes its directory entry, page table and statistics.
final class ColumnRecord {
    let key: ColumnKey
    var pages: [PageEntry] = []
    var valueCount = 0
    var rawByteCount = 0
    var hasOverflow = false
    /// What its pages chose, so that not every page of the hot tier chooses anew.
    let choices = ChoiceMemory()
    var statistics = StatisticsBuilder()

    /// Statistics of a handful of values would cost more than reading them.
    var isOnlyInOverflow: Bool { hasOverflow && !pages.contains { $0.kind == .data } }

    init(key: ColumnKey) { self.key = key }
}
