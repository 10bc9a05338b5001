import Bytes
import Files

/// Any format but NDJSON: its records are turned into JSON lines batch by batch.
///
/// Memory holds one window of the input, at most a record or a batch, and the lines that it gives.
@safe
final class TranscodedLines: EventLineSource {
    let path: String
    private let transcoder: any Transcoder
    private var window: InputWindow
    private var batch = JSONLines()
    /// Bytes of the window that the batch comes from.
    private var usedByteCount = 0
    /// The window is the first part of a record that is over the limit.
    private var isTooLong = false
    var isGrowing = false
    private(set) var isUnfinished = false
    private var state: [UInt8]
    private var lineNumber: Int
    /// Line feeds of the window are counted when somebody asks for a line's number, each once.
    private var countedByteCount = 0
    private var countedLineFeeds = 0

    /// `stream` and `transcoder` must stand at `position`.
    init(_ stream: any ByteStream, _ transcoder: any Transcoder, from position: InputPosition) {
        path = stream.path
        self.transcoder = transcoder
        window = InputWindow(stream, byteOffset: position.byteOffset)
        state = position.state
        lineNumber = position.lineNumber
    }

    var lines: UnsafeBufferPointer<UInt8> {
        unsafe UnsafeBufferPointer(start: batch.text.start, count: batch.text.count)
    }
    var faults: [RecordFault] { batch.faults }

    var position: InputPosition {
        var position = InputPosition()
        position.byteOffset = window.byteOffset
        position.lineNumber = lineNumber
        position.state = state
        return position
    }

    func readNext(afterLineCount lineCount: Int) throws(FileError) -> Bool {
        if isGrowing { window.lookAgain() }
        if isTooLong { passLongRecord() } else { drop(usedByteCount) }
        usedByteCount = 0
        batch.removeAll()
        state = transcoder.state
        var target = max(InputWindow.targetByteCount, min(window.count * 2, EventLimits.lineByteCount + 1))
        while true {
            window.fill(to: target)
            let bytes = unsafe window.bytes
            usedByteCount = unsafe transcoder.transcode(bytes.span, isLast: false, into: &batch)
            if window.isAtEnd, !isGrowing, batch.isEmpty, usedByteCount == 0 {
                // Only what is behind the last whole record is left.
                usedByteCount = unsafe transcoder.transcode(bytes.span, isLast: true, into: &batch)
                if usedByteCount < window.count {
                    batch.fail(.truncated, usedByteCount..<window.count)
                    usedByteCount = window.count
                }
                isUnfinished = !window.endsLine
            }
            precondition(usedByteCount <= window.count, "a transcoder uses up what is not there")
            if !batch.isEmpty { break }
            if usedByteCount > 0 {
                // A header, or empty lines.
                drop(usedByteCount)
                usedByteCount = 0
                state = transcoder.state
                continue
            }
            if window.isAtEnd { return false }
            if let error = window.error { throw error }
            if target > EventLimits.lineByteCount {
                isTooLong = true
                batch.fail(.lineTooLong, 0..<window.count)
                break
            }
            target = min(target * 2, EventLimits.lineByteCount + 1)
        }
        batch.pad()
        return true
    }

    func origin(ofLine index: Int, at offset: Int) -> RecordOrigin {
        index < batch.lineCount ? origin(batch.record(ofLine: index)) : origin(0..<0)
    }

    func record(ofLine index: Int, at offset: Int) -> UnsafeBufferPointer<UInt8> {
        unsafe UnsafeBufferPointer(rebasing: window.bytes[batch.record(ofLine: index)])
    }

    func origin(of fault: RecordFault) -> RecordOrigin { origin(fault.range) }

    func record(of fault: RecordFault) -> UnsafeBufferPointer<UInt8> {
        unsafe UnsafeBufferPointer(rebasing: window.bytes[fault.range])
    }

    private func origin(_ range: Range<Int>) -> RecordOrigin {
        if range.lowerBound < countedByteCount {
            countedByteCount = 0
            countedLineFeeds = 0
        }
        countLineFeeds(to: range.lowerBound)
        return RecordOrigin(
            lineNumber: lineNumber + countedLineFeeds, byteOffset: window.byteOffset + range.lowerBound)
    }

    private func countLineFeeds(to offset: Int) {
        let bytes = unsafe window.bytes
        countedLineFeeds += unsafe bytes.span.count(of: Byte.lineFeed, in: countedByteCount..<offset)
        countedByteCount = offset
    }

    private func drop(_ byteCount: Int) {
        if byteCount < countedByteCount {
            countedByteCount = 0
            countedLineFeeds = 0
        }
        countLineFeeds(to: byteCount)
        lineNumber += countedLineFeeds
        countedByteCount = 0
        countedLineFeeds = 0
        window.drop(byteCount)
    }

    private func passLongRecord() {
        isTooLong = false
        var isFirst = true
        while true {
            let bytes = unsafe window.bytes
            if let end = unsafe transcoder.endOfLongRecord(bytes.span, isFirst: isFirst) { return drop(end) }
            isFirst = false
            drop(window.count)
            if window.isAtEnd || window.error != nil { return }
            window.fill(to: InputWindow.targetByteCount)
        }
    }
}
