import Bytes
import Columns
import Files
import Segments
public import Storage

/// Looks for something that was to be forgotten in everything that a store consists of.
///
/// Events are looked for by all conditions. The value itself is looked for when there is just one condition: several say
/// nothing of where each of their values may stand.
public struct ForgottenSearch {
    /// What was looked at and found. The value itself is never told.
    public struct Result: Equatable, Sendable {
        public var fileCount = 0
        public var segmentCount = 0
        public var byteCount = 0
        /// Events that fulfil all conditions.
        public var rowCount = 0
        /// Where something was found, or could not be looked for.
        public var findings: [StoreFault] = []
    }

    /// Shorter values stand everywhere by chance: as words they are not looked for, only under their own field.
    static let wordByteCount = 4
    /// Shorter values stand in compressed bytes by chance.
    static let rawByteCount = 6
    private static let findingLimit = 1000

    private let store: Store
    private let filter: ForgetFilter
    /// What is looked for apart from events.
    private let value: SoughtValue?
    public private(set) var result = Result()

    public init(_ store: Store, _ filter: ForgetFilter) {
        self.store = store
        self.filter = filter
        let single = filter.conditions.count == 1 ? filter.conditions[0].value : nil
        value = single.flatMap { $0.text.count >= Self.wordByteCount ? $0 : nil }
    }

    /// Whether the value itself is looked for, apart from events.
    public var looksForValue: Bool { value != nil }

    /// `progress` is told of each file before it is read.
    public mutating func run(_ progress: (String) -> Void = { _ in }) throws(StoreError) {
        try searchLogs()
        for root in Set([store.paths.root, store.paths.coldRoot]).sorted() { try search(folder: root, progress) }
    }

    /// Events that are in no segment yet.
    private mutating func searchLogs() throws(StoreError) {
        let snapshot = try store.snapshot()
        for log in snapshot.logs {
            let path = store.paths.log(log.id)
            do throws(StoreError) {
                for reader in try LogSegments.read(log, in: snapshot) { try search(reader, path) }
            } catch {
                add(path, "cannot be searched: \(error)")
            }
        }
    }

    // MARK: Files

    private mutating func search(folder: String, _ progress: (String) -> Void) throws(StoreError) {
        let names: [String]
        do { names = try store.fileSystem.list(folder) } catch {
            // It has gone meanwhile.
            if error.kind == .notFound { return }
            throw .file(error)
        }
        for name in names {
            let path = "\(folder)/\(name)"
            do throws(FileError) {
                let file = try store.fileSystem.open(path)
                progress(path)
                try search(file)
            } catch {
                if error.kind == .damaged || error.kind == .permission {
                    add(path, "cannot be searched: \(error)")
                } else {
                    try search(folder: path, progress)
                }
            }
        }
    }

    private mutating func search(_ file: any ReadableFile) throws(FileError) {
        result.fileCount += 1
        result.byteCount += file.byteCount
        let isSegment = file.path.hasSuffix(SegmentId.fileSuffix)
        if isSegment {
            result.segmentCount += 1
            do throws(SegmentError) {
                try search(SegmentReader(FileSource(file)), of: file.path)
            } catch {
                add(file.path, "is damaged and cannot be searched whole")
            }
        }
        // Frames and records are found by what they hold.
        guard let value else { return }
        if let names = sourceNames(file), names.contains(where: { SoughtValue.isWord(value.writtenForms, in: $0.span) })
        {
            add(file.path, "the name of an input holds the value")
        }
        let patterns = ([value.text] + (value.id.map { [$0] } ?? [])).filter { $0.count >= Self.rawByteCount }
        try searchBytes(of: file, patterns, words: isSegment ? [] : value.writtenForms)
    }

    /// The names of inputs that a manifest tells.
    private func sourceNames(_ file: any ReadableFile) -> [[UInt8]]? {
        guard directory(of: file.path) == store.paths.manifests,
            let bytes = try? file.read(at: 0, byteCount: file.byteCount)
        else { return nil }
        return Store.sourceNames(ofManifest: bytes, path: file.path).map { Array($0.utf8) }
    }

    /// Looks for bytes, wherever they stand, and for words of text.
    private mutating func searchBytes(
        of file: any ReadableFile, _ patterns: [[UInt8]], words: [[UInt8]]
    ) throws(FileError) {
        let step = 4 << 20
        // What begins in one step may end in the next.
        let overlap = ((patterns + words).map(\.count).max() ?? 0) + 1
        var offset = 0
        while offset < file.byteCount {
            let count = min(step + overlap, file.byteCount - offset)
            let bytes = try file.read(at: offset, byteCount: count)
            let whole = StringVector(bytes: bytes, ends: [UInt32(count)])
            if patterns.contains(where: { !whole.matches(.contains($0)).isEmpty }) {
                return add(file.path, "bytes from \(offset) to \(offset + count) hold the value")
            }
            if SoughtValue.isWord(words, in: bytes.span) {
                return add(file.path, "text from byte \(offset) to \(offset + count) holds the value")
            }
            offset += step
        }
    }

    // MARK: Segments

    private mutating func search(_ reader: SegmentReader, _ path: String) throws(StoreError) {
        do { try search(reader, of: path) } catch { throw .segment(path: path, error) }
    }

    private mutating func search(_ reader: SegmentReader, of path: String) throws(SegmentError) {
        var rowCount = 0
        var holders: [String: Int] = [:]
        for range in try reader.batchRanges() {
            let batch = try reader.rows(in: range)
            rowCount += filter.rows(of: batch).count { $0 }
            for column in batch.columns { note(column, "values of \(column.key.path)", &holders) }
        }
        try SegmentBesides.visit(reader) { what, column in
            note(column, what == "path" ? "paths" : "\(what) of \(column.key.path)", &holders)
            if what == SegmentBesides.boundsName, isCut(in: column) {
                holders["\(what) of \(column.key.path)", default: 0] += 1
            }
        }
        result.rowCount += rowCount
        if rowCount > 0 { add(path, "\(rowCount) events") }
        for what in holders.keys.sorted() { add(path, "\(holders[what] ?? 0) \(what)") }
    }

    private func note(_ column: RowBatch.Column, _ what: String, _ holders: inout [String: Int]) {
        guard let value else { return }
        let count = value.stands(in: column).count { $0 }
        if count > 0 { holders[what, default: 0] += count }
    }

    /// Whether statistics hold the beginning of the value, which is longer than they tell.
    private func isCut(in column: RowBatch.Column) -> Bool {
        guard let value, case .strings(let bounds) = column.values else { return false }
        return (0..<bounds.count).contains {
            bounds[$0].count == SegmentBesides.boundsByteCount && value.text.starts(with: bounds[$0])
                && value.text.count > bounds[$0].count
        }
    }

    private mutating func add(_ path: String, _ reason: String) {
        if result.findings.count < Self.findingLimit { result.findings.append(StoreFault(path: path, reason: reason)) }
    }
}
