import Bytes
import CSimdJSON
import Columns
import Storage

/// Finds out which lines are events before it is promised that they are kept.
///
/// An event that passes can be stored. What can be wrong with an event of usual length is its JSON and its time, so only
/// the members that may tell the time are turned into a row, just as sealing will; of a long one, all are. The rows are
/// forgotten.
final class EventCheck {
    /// What a batch came to.
    struct Result {
        /// The lines that are events, masked, each with its line feed.
        var accepted: [UInt8]
        var eventCount = 0
        var maskedCounts: [MaskKind: Int] = [:]
        var rejected: [RejectedLine] = []
    }

    /// No path of a shorter line is too long, and none has too many columns.
    private static let usualByteCount = 32_768
    /// Columns to remember; sources that name their keys after ids must not make the memory grow for ever.
    private static let columnLimit = 1 << 16

    private let lines: EventLines
    private let masker: LineMasker?
    private let timeMembers: TimeMembers
    private let makeRow: () -> CanonicalRow
    private(set) var sink: RowSink

    /// Nil: no memory.
    init?(_ mapping: FieldMapping, masker: LineMasker? = nil, makeRow: @escaping () -> CanonicalRow) {
        guard let lines = EventLines() else { return nil }
        self.lines = lines
        self.masker = masker
        timeMembers = TimeMembers(mapping)
        self.makeRow = makeRow
        sink = RowSink(Band(), makeRow())
    }

    func check(_ batch: [UInt8]) -> Result {
        var result = Result(accepted: batch)
        var edits: [(line: Range<Int>, text: [UInt8])] = []
        guard lines.begin(batch[...]) else {
            return Result(accepted: [], rejected: [RejectedLine(index: 0, reason: .outOfMemory)])
        }
        unsafe masker?.begin(lines.bytes)
        defer { forgetRows() }
        while lines.readNext() {
            let start = unsafe lines.document.pointee.line_offset
            if let reason = reasonToRefuse(start) {
                let index = unsafe lines.document.pointee.line_index
                result.rejected.append(RejectedLine(index: index, reason: reason))
                masker?.refuse()
                edits.append((start..<lines.end(ofLineAt: start), []))
            } else {
                result.eventCount += 1
                if masker?.hasMasked == true {
                    let text = unsafe DocumentText.line(lines.document.pointee)
                    edits.append((start..<lines.end(ofLineAt: start), text))
                }
            }
        }
        if !edits.isEmpty { result.accepted = Self.applied(edits, to: batch) }
        result.maskedCounts = masker?.takeCounts() ?? [:]
        if let last = result.accepted.last, last != Byte.lineFeed { result.accepted.append(Byte.lineFeed) }
        return result
    }

    private static func applied(_ edits: [(line: Range<Int>, text: [UInt8])], to batch: [UInt8]) -> [UInt8] {
        var result: [UInt8] = []
        result.reserveCapacity(batch.count)
        var position = 0
        for (line, text) in edits {
            result += batch[position..<line.lowerBound]
            result += text
            position = line.upperBound
        }
        return result + batch[position...]
    }

    private func reasonToRefuse(_ start: Int) -> LineError.Reason? {
        let byteCount = lines.end(ofLineAt: start) - start
        if byteCount > EventLimits.lineByteCount { return .lineTooLong }
        if let fault = lines.fault { return fault }
        unsafe masker?.mask(lines.document)
        guard byteCount < Self.usualByteCount else { return unsafe refusal(of: lines.document) }
        return unsafe timeMembers.read(lines.document.pointee) { unsafe refusal(of: $0) }
    }

    private func refusal(of document: UnsafeMutablePointer<traversion_json_document>) -> LineError.Reason? {
        unsafe sink.builder.pointee.append(document, storedAt: 0, sequence: 0)
    }

    private func forgetRows() {
        if sink.band.catalog.count > Self.columnLimit {
            sink = RowSink(Band(), makeRow())
        } else {
            sink.band.removeAll()
        }
    }
}
