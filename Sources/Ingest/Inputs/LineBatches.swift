public import Files

/// Newline-delimited JSON: the lines of the input as they stand.
///
/// A batch is all whole lines of the window; the line that was begun moves to the front before the next batch. A last
/// line without a line feed is a batch of its own.
public final class LineBatches: EventLineSource {
    public let path: String
    private var window: InputWindow
    private var end = 0
    private var lineNumber: Int
    public var isGrowing = false
    public private(set) var isUnfinished = false
    public private(set) var faults: [RecordFault] = []
    /// The window is the first part of a line that is over the limit.
    private var isTooLong: Bool { !faults.isEmpty }
    /// The rest of such a line has not come yet.
    private var isPassing = false

    /// `stream` must stand at `position`.
    public init(_ stream: any ByteStream, from position: InputPosition = .start) {
        path = stream.path
        window = InputWindow(stream, byteOffset: position.byteOffset)
        lineNumber = position.lineNumber
    }

    public var lines: UnsafeBufferPointer<UInt8> { unsafe UnsafeBufferPointer(rebasing: window.bytes[..<end]) }

    public var position: InputPosition {
        var position = InputPosition()
        position.byteOffset = window.byteOffset
        position.lineNumber = lineNumber
        return position
    }

    public func readNext(afterLineCount lineCount: Int) throws(FileError) -> Bool {
        lineNumber += lineCount
        if isGrowing { window.lookAgain() }
        if isTooLong || isPassing { passLongLine() } else { window.drop(end) }
        end = 0
        guard !isPassing else { return false }
        var target = max(InputWindow.targetByteCount, min(window.count * 2, EventLimits.lineByteCount + 1))
        while true {
            window.fill(to: target)
            end = window.afterLastLineFeed
            if end > 0 { return true }
            if window.isAtEnd {
                guard !isGrowing, window.count > 0 else { return false }
                end = window.count
                isUnfinished = true
                return true
            }
            if let error = window.error { throw error }
            if target > EventLimits.lineByteCount {
                faults = [RecordFault(.lineTooLong, before: 0, 0..<window.count)]
                return true
            }
            target = min(target * 2, EventLimits.lineByteCount + 1)
        }
    }

    public func origin(ofLine index: Int, at offset: Int) -> RecordOrigin {
        RecordOrigin(lineNumber: lineNumber + index, byteOffset: window.byteOffset + offset)
    }

    public func record(ofLine index: Int, at offset: Int) -> UnsafeBufferPointer<UInt8> {
        var recordEnd = end
        if let next = window.afterLineFeed(from: offset), next <= end { recordEnd = next - 1 }
        return unsafe UnsafeBufferPointer(rebasing: window.bytes[offset..<recordEnd])
    }

    public func origin(of fault: RecordFault) -> RecordOrigin { origin(ofLine: 0, at: 0) }

    public func record(of fault: RecordFault) -> UnsafeBufferPointer<UInt8> {
        unsafe UnsafeBufferPointer(rebasing: window.bytes[fault.range])
    }

    private func passLongLine() {
        if !isPassing { lineNumber += 1 }
        faults = []
        isPassing = false
        while true {
            if let next = window.afterLineFeed(from: 0) { return window.drop(next) }
            window.drop(window.count)
            if window.isAtEnd || window.error != nil {
                isPassing = isGrowing && window.error == nil
                return
            }
            window.fill(to: InputWindow.targetByteCount)
        }
    }
}
