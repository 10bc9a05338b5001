import Bytes
import Columns
import Storage

/// Finds out which lines are events before it is promised that they are kept.
///
/// An event that passes can be stored: the check turns it into a row, just as sealing will, and forgets the rows.
final class EventCheck {
    /// What a batch came to.
    struct Result {
        /// The lines that are events, each with its line feed.
        var accepted: [UInt8]
        var eventCount = 0
        var rejected: [RejectedLine] = []
    }

    /// Columns to remember; sources that name their keys after ids must not make the memory grow for ever.
    private static let columnLimit = 1 << 16
    private static let refusedRowLimit = 1 << 12

    private let lines: EventLines
    private let makeRow: () -> CanonicalRow
    private(set) var sink: RowSink
    /// Rows that were taken back, which leaves their strings in the band.
    private var refusedRowCount = 0

    /// Nil: no memory.
    init?(makeRow: @escaping () -> CanonicalRow) {
        guard let lines = EventLines() else { return nil }
        self.lines = lines
        self.makeRow = makeRow
        sink = RowSink(Band(), makeRow())
    }

    func check(_ batch: [UInt8]) -> Result {
        var result = Result(accepted: batch)
        var badRanges: [Range<Int>] = []
        guard lines.begin(batch[...]) else {
            return Result(accepted: [], rejected: [RejectedLine(index: 0, reason: .outOfMemory)])
        }
        defer { forgetRows() }
        let mayBeTooLong = batch.count > EventLimits.lineByteCount
        while lines.readNext() {
            let start = unsafe lines.document.pointee.line_offset
            if let reason = reasonToRefuse(start, mayBeTooLong) {
                let index = unsafe lines.document.pointee.line_index
                result.rejected.append(RejectedLine(index: index, reason: reason))
                badRanges.append(start..<lines.end(ofLineAt: start))
            } else {
                result.eventCount += 1
            }
        }
        for range in badRanges.reversed() { result.accepted.removeSubrange(range) }
        if let last = result.accepted.last, last != Byte.lineFeed { result.accepted.append(Byte.lineFeed) }
        return result
    }

    private func reasonToRefuse(_ start: Int, _ mayBeTooLong: Bool) -> LineError.Reason? {
        if mayBeTooLong, lines.end(ofLineAt: start) - start > EventLimits.lineByteCount { return .lineTooLong }
        if let fault = lines.fault { return fault }
        if let reason = unsafe sink.appender.appendValues(lines.document.pointee) {
            refusedRowCount += 1
            return reason
        }
        guard sink.canonical.time(in: sink.band) != nil else {
            sink.band.takeRowBack()
            refusedRowCount += 1
            return .noTime
        }
        sink.appender.endRow(storedAt: 0, sequence: 0)
        return nil
    }

    private func forgetRows() {
        if sink.band.catalog.count > Self.columnLimit || refusedRowCount > Self.refusedRowLimit {
            sink = RowSink(Band(), makeRow())
            refusedRowCount = 0
        } else {
            sink.band.removeAll()
        }
    }
}
