import CSimdJSON

/// Reads the lines of a source as documents, one after another.
final class EventDocuments {
    private let source: any EventLineSource
    private let parser: DocumentParser
    /// Masks each document before it is handed out.
    private let masker: LineMasker?
    private var isInBatch = false
    /// The parser has a line that is not handed out yet.
    private var hasDocument = false
    private var nextFault = 0
    /// The line before which the next fault comes.
    private var nextFaultLine = Int.max
    /// Events and errors of this batch that were handed out.
    private var passedCount = 0
    /// Events and errors that were handed out before this reader began.
    private var skipCount: Int
    private var failure: Failure?

    private enum Failure {
        case line(index: Int, offset: Int)
        case record(RecordFault)
    }

    /// Reads a source from `position` on, where the source must stand.
    init(
        _ source: any EventLineSource, from position: InputPosition = .start, masker: LineMasker? = nil
    ) throws(IngestError) {
        self.source = source
        self.masker = masker
        skipCount = position.passedCount
        guard let parser = DocumentParser() else {
            throw .line(LineError(path: source.path, lineNumber: 1, byteOffset: 0, reason: .outOfMemory))
        }
        self.parser = parser
    }

    var path: String { source.path }

    /// Bytes of the input whose records were all read.
    var byteOffset: Int { source.position.byteOffset }

    /// Where another reader must begin to go on as this one would.
    var position: InputPosition {
        var position = source.position
        position.passedCount = passedCount
        return position
    }

    /// Whether the input may grow: then a record that is not ended waits, and after the end reading can go on.
    var isGrowing: Bool {
        get { source.isGrowing }
        set { source.isGrowing = newValue }
    }

    /// Where the record that was read last begins, when it is the last of the input and has no line feed.
    var startOfUnfinished: InputPosition? {
        guard isInBatch, source.isUnfinished, passedCount > 0 else { return nil }
        var position = source.position
        position.passedCount = passedCount - 1
        return position
    }

    /// The document that was read last. Good until the next one.
    var document: UnsafeMutablePointer<traversion_json_document> { unsafe parser.document }

    /// Reads the next document; false at the end of the input.
    ///
    /// After an error of a record the next call goes on with the one behind it.
    func readNext() throws(IngestError) -> Bool {
        guard try passNext() else { return false }
        if let reason = parser.fault { throw unsafe fault(reason, at: parser.document.pointee.error_offset) }
        unsafe masker?.mask(parser.document)
        return true
    }

    /// Why the document is no event, as an error that names its place.
    func refuse(_ reason: LineError.Reason) -> IngestError {
        masker?.refuse()
        return unsafe fault(reason, at: parser.document.pointee.line_offset)
    }

    /// The bytes of the input that the last error was about, or the first of them when they are too many; masked when
    /// documents are.
    func takeFailedRecord() -> [UInt8] { masker?.masked(record: failedRecord) ?? failedRecord }

    private var failedRecord: [UInt8] {
        switch failure {
        case .line(let index, let offset): unsafe Array(source.record(ofLine: index, at: offset))
        case .record(let fault): unsafe Array(source.record(of: fault))
        case nil: []
        }
    }

    /// Reads the next line, whatever is wrong with it, into the parser's document.
    private func passNext() throws(IngestError) -> Bool {
        while true {
            if isInBatch {
                if hasDocument || parser.readNext() {
                    hasDocument = true
                    if unsafe parser.document.pointee.line_index < nextFaultLine {
                        hasDocument = false
                        passedCount += 1
                        if skipCount == 0 { return true }
                        skipCount -= 1
                        continue
                    }
                }
                if nextFaultLine != .max {
                    try takeFault()
                    continue
                }
            }
            guard try beginBatch() else { return false }
        }
    }

    private func takeFault() throws(IngestError) {
        let fault = source.faults[nextFault]
        nextFault += 1
        nextFaultLine = nextFault < source.faults.count ? source.faults[nextFault].lineIndex : .max
        passedCount += 1
        guard skipCount == 0 else {
            skipCount -= 1
            return
        }
        failure = .record(fault)
        throw error(fault.reason, source.origin(of: fault))
    }

    private func beginBatch() throws(IngestError) -> Bool {
        let lineCount = isInBatch ? parser.lineCount : 0
        isInBatch = false
        failure = nil
        passedCount = 0
        let hasMore: Bool
        do {
            hasMore = try source.readNext(afterLineCount: lineCount)
        } catch {
            throw .file(error)
        }
        guard hasMore else { return false }
        nextFault = 0
        nextFaultLine = source.faults.first?.lineIndex ?? .max
        guard unsafe parser.begin(source.lines) else { throw error(.outOfMemory, source.origin(ofLine: 0, at: 0)) }
        unsafe masker?.begin(source.lines)
        isInBatch = true
        return true
    }

    private func fault(_ reason: LineError.Reason, at offset: Int) -> IngestError {
        let index = unsafe parser.document.pointee.line_index
        failure = unsafe .line(index: index, offset: parser.document.pointee.line_offset)
        return error(reason, source.origin(ofLine: index, at: offset))
    }

    private func error(_ reason: LineError.Reason, _ origin: RecordOrigin) -> IngestError {
        .line(
            LineError(path: path, lineNumber: origin.lineNumber, byteOffset: origin.byteOffset, reason: reason))
    }
}
