import Bytes
import CSimdJSON
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
            var reason = unsafe builder.append(document, storedAt, sequence)
            // Only a segment that has other rows already may have too many columns.
            if reason == .tooManyColumns, builder.rowCount > 0 {
                if let reader = try wrap(path, builder.finish) { readers.append(reader) }
                builder = try wrap(path) { () throws(SegmentError) in try Builder(makeRow()) }
                reason = unsafe builder.append(document, storedAt, sequence)
            }
            if let reason { return reason }
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
        private let sink: RowSink

        init(_ canonical: consuming CanonicalRow) throws(SegmentError) {
            writer = try SegmentWriter(output, options: .forStore(.hot))
            sink = RowSink(writer.band, canonical)
        }

        var rowCount: Int { unsafe sink.builder.pointee.rowCount }

        func append(
            _ document: UnsafeMutablePointer<traversion_json_document>, _ storedAt: Int64, _ sequence: UInt64
        ) -> LineError.Reason? {
            unsafe sink.builder.pointee.append(document, storedAt: storedAt, sequence: sequence)
        }

        func rowEnded() throws(SegmentError) { try writer.rowEnded() }

        /// Nil when there are no rows.
        func finish() throws(SegmentError) -> SegmentReader? {
            guard rowCount > 0 else { return nil }
            _ = try writer.finish()
            return try SegmentReader(MemorySource(output.bytes))
        }
    }
}
