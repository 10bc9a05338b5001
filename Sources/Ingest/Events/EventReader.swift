public import Columns
public import Files

/// Reads events as JSON lines and appends them to a band.
///
///     let reader = try EventReader(source, into: writer.band)
///     while try reader.appendNext(storedAt: now, sequence: next) { try writer.rowEnded() }
@safe
public final class EventReader {
    private let documents: EventDocuments
    /// Behind a pointer, so that appending a row needs no check for overlapping access.
    private let appender: UnsafeMutablePointer<EventAppender>

    /// Reads a source from `position` on, where the source must stand.
    public init(
        _ source: any EventLineSource, into band: Band, from position: InputPosition = .start
    ) throws(IngestError) {
        documents = try EventDocuments(source, from: position)
        unsafe appender = .allocate(capacity: 1)
        unsafe appender.initialize(to: EventAppender(band: band))
    }

    deinit {
        unsafe appender.deinitialize(count: 1)
        unsafe appender.deallocate()
    }

    /// Reads newline-delimited JSON. Empty lines, a byte order mark at the start, CRLF and a missing last line feed are
    /// all fine.
    public convenience init(_ stream: any ByteStream, into band: Band) throws(IngestError) {
        try self.init(LineBatches(stream), into: band)
    }

    public var path: String { documents.path }

    /// Bytes of the input whose records were all read.
    public var byteOffset: Int { documents.byteOffset }

    /// Where another reader must begin to go on as this one would.
    public var position: InputPosition { documents.position }

    /// The bytes of the input that the last error was about, or the first of them when they are too many.
    public var failedRecord: [UInt8] { documents.takeFailedRecord() }

    /// Appends the next event to the band as a row; false at the end of the input.
    ///
    /// After an error of a line the next call goes on with the record behind it.
    public func appendNext(storedAt: Int64, sequence: UInt64) throws(IngestError) -> Bool {
        guard try documents.readNext() else { return false }
        if let reason = unsafe appender.pointee.append(
            documents.document, storedAt: storedAt, sequence: sequence)
        {
            throw documents.refuse(reason)
        }
        return true
    }
}
