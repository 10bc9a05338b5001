import Files
public import Segments

/// A segment on its way into a store.
public final class NewSegment {
    public let id: SegmentId
    public let window: TimeWindow
    public let writer: SegmentWriter
    private let file: PendingFile
    private let options: SegmentWriterOptions
    private let kind: SegmentEntry.Kind

    init(
        _ id: SegmentId, window: TimeWindow, _ length: WindowLength, in store: Store, options: SegmentWriterOptions,
        kind: SegmentEntry.Kind
    ) throws(StoreError) {
        self.id = id
        self.window = window
        self.options = options
        self.kind = kind
        let folder = store.paths.folder(of: kind, window, length, options.profile.tier)
        let path = "\(folder)/\(id.fileName)"
        file = try files { () throws(FileError) in try Self.begin(path, in: folder, store.fileSystem) }
        do { writer = try SegmentWriter(FileOutput(file), options: options) } catch {
            throw .segment(path: path, error)
        }
    }

    private static func begin(
        _ path: String, in folder: String, _ fileSystem: any FileSystem
    ) throws(FileError) -> PendingFile {
        var attempts = 0
        while true {
            try fileSystem.createDirectories(folder)
            do {
                return try PendingFile(path, in: fileSystem)
            } catch {
                // Another process cleans up, and has found the directory empty.
                attempts += 1
                guard error.kind == .notFound, attempts < 100 else { throw error }
            }
        }
    }

    public var path: String { file.path }

    /// Ends the file and makes it durable. Nil when it has no rows: then there is no file.
    public func finish() throws(StoreError) -> SegmentEntry? {
        let summary: SegmentSummary
        do { summary = try writer.finish() } catch { throw .segment(path: file.path, error) }
        guard let storedAt = summary.storedAt, let sequences = summary.sequences else { return nil }
        guard let times = summary.timestamps else { throw .invalid("segment \(file.path) has events without a time") }
        try files { () throws(FileError) in try file.publish() }
        var entry = SegmentEntry(
            id: id, tier: options.profile.tier, window: window, rowCount: summary.rowCount,
            byteCount: summary.byteCount, rawByteCount: summary.rawByteCount, times: times, storedAt: storedAt,
            sequences: sequences, rootChecksum: summary.rootChecksum)
        entry.kind = kind
        return entry
    }
}
