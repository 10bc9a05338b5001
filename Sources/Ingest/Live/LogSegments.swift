import Bytes
public import Segments
public import Storage

/// The events of a log file as segments in memory, so that whatever reads segments reads them too.
public enum LogSegments {
    public static func read(_ log: LogRange, in snapshot: Snapshot) throws(StoreError) -> [SegmentReader] {
        let path = snapshot.store.paths.log(log.id)
        var replay = try LogReplay(snapshot.open(log))
        let makeRow = replay.makeRow
        var builder = try wrap(path) { () throws(SegmentError) in try Builder(makeRow()) }
        var readers: [SegmentReader] = []
        _ = unsafe try replay.run { (document, storedAt, sequence) throws(StoreError) in
            if let reason = unsafe builder.sink.appender.appendValues(document.pointee) {
                // Only a segment that has other rows already may have too many columns.
                guard reason == .tooManyColumns, builder.rowCount > 0 else { return reason }
                if let reader = try wrap(path, builder.finish) { readers.append(reader) }
                builder = try wrap(path) { () throws(SegmentError) in try Builder(makeRow()) }
                if let reason = unsafe builder.sink.appender.appendValues(document.pointee) { return reason }
            }
            guard let time = builder.sink.canonical.time(in: builder.sink.band) else { return .noTime }
            builder.sink.canonical.appendAliases(to: builder.sink.band, time: time)
            builder.sink.appender.endRow(storedAt: storedAt, sequence: sequence)
            try wrap(path, builder.rowEnded)
            return nil
        }
        if let reader = try wrap(path, builder.finish) { readers.append(reader) }
        return readers
    }

    private static func wrap<Value>(
        _ path: String, _ body: () throws(SegmentError) -> Value
    ) throws(StoreError) -> Value {
        do { return try body() } catch { throw .segment(path: path, error) }
    }

    private final class Builder {
        private let output = MemoryOutput()
        private let writer: SegmentWriter
        let sink: RowSink
        private(set) var rowCount = 0

        init(_ canonical: CanonicalRow) throws(SegmentError) {
            writer = try SegmentWriter(output, options: .forStore(.hot))
            sink = RowSink(writer.band, canonical)
        }

        func rowEnded() throws(SegmentError) {
            rowCount += 1
            try writer.rowEnded()
        }

        /// Nil when there are no rows.
        func finish() throws(SegmentError) -> SegmentReader? {
            guard rowCount > 0 else { return nil }
            _ = try writer.finish()
            return try SegmentReader(MemorySource(output.bytes))
        }
    }
}
