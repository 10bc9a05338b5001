import Bytes
import CSimdJSON
import Segments
import Storage
import Testing
import Times

@testable import Ingest

/// Events that are written into segments with other options than an ingest has.
enum WrittenEvents {
    static func write(
        _ events: [ReferenceEvent], _ options: SegmentWriterOptions, rowCountPerSegment: Int, into store: Store
    ) throws {
        let writer = try StoreWriter(store)
        var limits = WindowRows.Limits()
        limits.rowCountPerSegment = rowCountPerSegment
        let time = EventTime(reference: store.clock.now)
        let rows = WindowRows(writer, options: options, limits: limits) {
            CanonicalRow(FieldMapping.automatic) { time.read($0) }
        }
        let lines = try #require(EventLines())
        try #require(lines.begin(Array(events.map { $0.line + "\n" }.joined().utf8)[...]))
        var sequence = writer.firstSequence
        while lines.readNext() {
            try #require(rows.append(lines.document, storedAt: store.clock.now, sequence: sequence) == nil)
            sequence += 1
        }
        try rows.finishAll()
        try writer.commit(adding: rows.takeFinished())
    }
}
