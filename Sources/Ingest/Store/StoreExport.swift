import Bytes
import Columns
public import Files
import Segments
public import Storage

/// Gives the events of a store back as lines of JSON, as they came in.
///
/// Segments are gone through some zones at a time, in the order of their first times. Events wait until no zone that is
/// still to come can hold an earlier one. When too many wait, the later half is let go, and read again by a further pass:
/// so memory is bounded, and zones are read as often as events are out of order by more than it holds.
public struct StoreExport {
    let snapshot: Snapshot
    let filter: ExportFilter
    let byIngest: Bool
    /// Under which key a sampled event is given its weight; nil: it is not.
    let weightKey: String?
    public private(set) var eventCount = 0
    /// How the first id of the filter was found.
    public internal(set) var lookup: IdLookup?
    var segments: OpenSegments
    /// How much is written at once.
    private static let outputByteCount = 1 << 20
    /// How much text may wait.
    var waitingLimit = 32 << 20

    public init(
        _ snapshot: Snapshot, filter: ExportFilter = ExportFilter(), byIngest: Bool = false, weightKey: String? = nil
    ) {
        self.snapshot = snapshot
        self.filter = filter
        self.byIngest = byIngest
        self.weightKey = weightKey
        segments = OpenSegments(snapshot)
    }

    /// Calls `write` with whole lines.
    public mutating func run(_ write: ([UInt8]) throws(FileError) -> Void) throws(StoreError) {
        let parts = try parts()
        var first = ExportedRows.SortKey.first
        while let last = try pass(parts, from: first, write) { first = last.next }
    }

    /// Gives the lines from a key on, up to the one that it returns; nil: all of them.
    private mutating func pass(
        _ parts: [ExportPart], from first: ExportedRows.SortKey, _ write: ([UInt8]) throws(FileError) -> Void
    ) throws(StoreError) -> ExportedRows.SortKey? {
        var waiting: [ExportedRows] = []
        var output: [UInt8] = []
        var last: ExportedRows.SortKey?
        var parts = parts.filter { $0.highest >= first }[...]
        var remainingCounts = Dictionary(parts.map { ($0.order, 1) }, uniquingKeysWith: +)
        while let part = parts.popFirst() {
            if let last, part.lowest > last { break }
            let rows = try rows(of: part, in: first...(last ?? .last))
            remainingCounts[part.order, default: 0] -= 1
            if case .segment(let entry) = part.source, remainingCounts[part.order] == 0 { segments.close(entry) }
            if rows.nextKey != nil { waiting.append(rows) }
            try drain(&waiting, below: parts.first.map { $0.lowest }, into: &output, write)
            if waiting.reduce(0, { $0 + $1.byteCount }) > waitingLimit { last = Self.shorten(&waiting) }
        }
        try drain(&waiting, below: nil, into: &output, write)
        try give(&output, write)
        return last
    }

    private func give(
        _ output: inout [UInt8], _ write: ([UInt8]) throws(FileError) -> Void
    ) throws(StoreError) {
        guard !output.isEmpty else { return }
        do throws(FileError) { try write(output) } catch { throw .file(error) }
        output.removeAll(keepingCapacity: true)
    }

    /// Lets go of the later half of what waits; the last key that stays.
    private static func shorten(_ waiting: inout [ExportedRows]) -> ExportedRows.SortKey? {
        let keys = waiting.flatMap(\.nextKeys).sorted()
        let last = keys[(keys.count - 1) / 2]
        for index in waiting.indices { waiting[index].drop(behind: last) }
        waiting.removeAll { $0.nextKey == nil }
        return last
    }

    /// Moves what comes before `limit` out, in order.
    private mutating func drain(
        _ waiting: inout [ExportedRows], below limit: ExportedRows.SortKey?, into output: inout [UInt8],
        _ write: ([UInt8]) throws(FileError) -> Void
    ) throws(StoreError) {
        while true {
            guard let first = waiting.indices.min(by: { waiting[$0].nextKey! < waiting[$1].nextKey! }),
                let key = waiting[first].nextKey, limit.map({ key < $0 }) ?? true
            else { return }
            // Up to the first of the others, or of what is still to come.
            var end = ExportedRows.SortKey(time: .max, sequence: .max)
            for other in waiting.indices where other != first { end = min(end, waiting[other].nextKey!) }
            if let limit, limit <= end {
                end =
                    limit.sequence > 0
                    ? ExportedRows.SortKey(time: limit.time, sequence: limit.sequence - 1)
                    : ExportedRows.SortKey(time: limit.time - 1, sequence: .max)
            }
            eventCount += waiting[first].takeLines(upTo: end, into: &output, byteLimit: Self.outputByteCount)
            if waiting[first].nextKey == nil { waiting.remove(at: first) }
            if output.count >= Self.outputByteCount { try give(&output, write) }
        }
    }
}
