public import Columns
public import Files

/// Reads events as newline-delimited JSON and appends them to a band.
///
///     let reader = try EventReader(stream, into: writer.band)
///     while try reader.appendNext(storedAt: now, sequence: next) { try writer.rowEnded() }
///
/// Empty lines, a byte order mark at the start, CRLF and a missing last line feed are all fine.
public final class EventReader {
    public let path: String
    private let batches: LineBatches
    private let parser: DocumentParser
    private var appender: EventAppender
    private var isInBatch = false
    /// Lines of the batches before this one.
    private var earlierLineCount = 0

    public init(_ stream: any ByteStream, into band: Band) throws(IngestError) {
        path = stream.path
        batches = LineBatches(stream)
        appender = EventAppender(band: band)
        guard let parser = DocumentParser() else {
            throw .line(LineError(path: stream.path, lineNumber: 1, byteOffset: 0, reason: .outOfMemory))
        }
        self.parser = parser
    }

    /// Bytes of the input whose lines were all read.
    public var byteOffset: Int { batches.byteOffset }

    /// Appends the next event to the band as a row; false at the end of the input.
    ///
    /// After an error of a line the next call goes on with the line behind it.
    public func appendNext(storedAt: Int64, sequence: UInt64) throws(IngestError) -> Bool {
        while true {
            if isInBatch, parser.readNext() { break }
            guard try beginBatch() else { return false }
        }
        if let reason = parser.fault { throw unsafe fault(reason, parser.document.pointee.error_offset) }
        if let reason = unsafe appender.append(parser.document.pointee, storedAt: storedAt, sequence: sequence) {
            throw unsafe fault(reason, parser.document.pointee.line_offset)
        }
        return true
    }

    private func beginBatch() throws(IngestError) -> Bool {
        if isInBatch { earlierLineCount += parser.lineCount }
        isInBatch = false
        let hasMore: Bool
        do {
            hasMore = try batches.readNext()
        } catch {
            throw .file(error)
        }
        guard hasMore else { return false }
        if batches.isTooLong {
            earlierLineCount += 1
            throw .line(
                LineError(
                    path: path, lineNumber: earlierLineCount, byteOffset: batches.byteOffset, reason: .lineTooLong))
        }
        guard unsafe parser.begin(batches.lines) else {
            throw .line(
                LineError(
                    path: path, lineNumber: earlierLineCount + 1, byteOffset: batches.byteOffset, reason: .outOfMemory))
        }
        isInBatch = true
        return true
    }

    private func fault(_ reason: LineError.Reason, _ offset: Int) -> IngestError {
        unsafe .line(
            LineError(
                path: path, lineNumber: earlierLineCount + parser.document.pointee.line_index + 1,
                byteOffset: batches.byteOffset + offset, reason: reason))
    }
}
