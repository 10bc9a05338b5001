import Bytes
import Columns
import Files
import Segments
import Storage

/// Stores in memory with segments of a few rows.
enum Sample {
    static let paths = StorePaths(root: "store")
    static let hour: Int64 = 3_600_000_000_000

    static func store(in fileSystem: any FileSystem = MemoryFileSystem()) throws -> Store {
        try Store.create(paths, windowLength: .hour, storeId: 7, in: fileSystem, clock: ManualClock(1000))
    }

    static func reopen(_ fileSystem: any FileSystem) throws -> Store {
        try Store.open(paths, in: fileSystem, clock: ManualClock(2000))
    }

    /// A segment whose rows have the numbers of a range, one a second from the start of a window on.
    static func segment(
        _ writer: StoreWriter, _ numbers: Range<Int>, window: Int32 = 0, tier: EncodingProfile.Tier = .hot
    ) throws -> SegmentEntry {
        let segment = try writer.beginSegment(TimeWindow(index: window), options: .forStore(tier))
        let band = segment.writer.band
        let time = band.ordinal(of: ColumnKey(path: CanonicalField.timestamp.aliasPath, type: .timestamp))
        let number = band.ordinal(of: ColumnKey(path: ColumnPath(keys: ["number"]), type: .int64))
        let service = band.ordinal(of: ColumnKey(path: CanonicalField.service.path, type: .string))
        for value in numbers {
            // Form 1 << 6: whole seconds and a Z.
            band.append(nanoseconds: Int64(window) * hour + Int64(value) * 1_000_000_000, form: 1 << 6, to: time)
            band.append(word: UInt64(value), to: number)
            band.append(Array((value % 2 == 0 ? "even" : "odd").utf8), to: service)
            guard band.endRow(storedAt: 5, sequence: writer.firstSequence + UInt64(value)) else { fatalError() }
            try segment.writer.rowEnded()
        }
        guard let entry = try segment.finish() else { fatalError("no rows") }
        return entry
    }

    /// The numbers of all rows of a snapshot, ascending.
    static func numbers(_ snapshot: Snapshot) throws -> [Int] {
        var numbers: [Int] = []
        for entry in snapshot.state.orderedSegments {
            let reader = try snapshot.open(entry)
            for range in try reader.batchRanges() {
                for column in try reader.rows(in: range).columns {
                    if case .integers(let values) = column.values, column.key.path == ColumnPath(keys: ["number"]) {
                        numbers += values.map { Int($0) }
                    }
                }
            }
        }
        return numbers.sorted()
    }

    /// Every file below the store's folders, with lock files left out.
    static func segmentFiles(_ fileSystem: any FileSystem) throws -> [String] {
        var found: [String] = []
        for tier in ["hot", "warm", "cold"] {
            for window in ["1970-01-01T00", "1970-01-01T01", "1970-01-01T02"] {
                found += try fileSystem.list("store/\(tier)/\(window)").map { "\(tier)/\(window)/\($0)" }
            }
        }
        return found
    }
}
