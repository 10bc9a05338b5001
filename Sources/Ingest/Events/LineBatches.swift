import CSimdJSON
import Files

/// Cuts a stream into batches of whole lines, each followed by the padding that the JSON indexer wants.
///
///     |  lines of this batch  |  begun line  |  free  |  padding  |
///      start                   end            filled   target
///
/// The begun line moves to the front before the next batch is read.
@safe
final class LineBatches {
    /// Small enough that a batch and its index stay in the second-level cache.
    static let targetByteCount = 256 << 10
    private static let paddingByteCount = Int(TRAVERSION_JSON_PADDING)

    private let stream: any ByteStream
    private var buffer: UnsafeMutableBufferPointer<UInt8>
    private var filled = 0
    private var end = 0
    private var isAtStreamEnd = false
    private var isStarted = false
    /// The offset of the batch in the stream.
    private(set) var byteOffset = 0
    /// True when the batch is the first part of a line that is over the limit; the rest of it is passed over.
    private(set) var isTooLong = false

    init(_ stream: any ByteStream) {
        self.stream = stream
        unsafe buffer = .allocate(capacity: Self.targetByteCount + Self.paddingByteCount)
        unsafe buffer.initialize(repeating: 0)
    }

    deinit { unsafe buffer.deallocate() }

    /// The lines of the batch, good until the next one is read.
    var lines: UnsafeBufferPointer<UInt8> { unsafe UnsafeBufferPointer(rebasing: buffer[..<end]) }

    /// Reads the next batch; false at the end of the stream.
    func readNext() throws(FileError) -> Bool {
        if isTooLong { try passLongLine() } else { dropBatch() }
        var target = max(Self.targetByteCount, min(filled * 2, EventLimits.lineByteCount + 1))
        while true {
            reserve(target)
            try fill(to: target)
            dropByteOrderMark()
            if isAtStreamEnd {
                end = filled
            } else {
                end = afterLastLineFeed()
            }
            if end > 0 || isAtStreamEnd { break }
            if target > EventLimits.lineByteCount {
                isTooLong = true
                return true
            }
            target = min(target * 2, EventLimits.lineByteCount + 1)
        }
        return end > 0
    }

    /// Some programs begin UTF-8 files with U+FEFF, which is no part of the first line.
    private func dropByteOrderMark() {
        guard !isStarted else { return }
        isStarted = true
        guard filled >= 3, unsafe buffer[0] == 0xEF, unsafe buffer[1] == 0xBB, unsafe buffer[2] == 0xBF else { return }
        end = 3
        dropBatch()
    }

    /// Moves the begun line to the front.
    private func dropBatch() {
        let rest = filled - end
        if rest > 0, end > 0 {
            unsafe buffer.baseAddress!.update(from: buffer.baseAddress! + end, count: rest)
        }
        byteOffset += end
        filled = rest
        end = 0
    }

    private func passLongLine() throws(FileError) {
        isTooLong = false
        while true {
            let lineFeed = unsafe traversion_first_line_feed(buffer.baseAddress, filled)
            if lineFeed < filled {
                end = lineFeed + 1
                return dropBatch()
            }
            end = filled
            dropBatch()
            if isAtStreamEnd { return }
            try fill(to: Self.targetByteCount)
        }
    }

    private func fill(to target: Int) throws(FileError) {
        while filled < target, !isAtStreamEnd {
            let free = unsafe UnsafeMutableBufferPointer(rebasing: buffer[filled..<target])
            var output = unsafe OutputSpan(buffer: free, initializedCount: 0)
            try stream.readSome(into: &output)
            let count = unsafe output.finalize(for: free)
            filled += count
            isAtStreamEnd = count == 0
        }
    }

    private func afterLastLineFeed() -> Int {
        let lineFeed = unsafe traversion_last_line_feed(buffer.baseAddress, filled)
        return lineFeed < filled ? lineFeed + 1 : 0
    }

    private func reserve(_ byteCount: Int) {
        guard unsafe buffer.count < byteCount + Self.paddingByteCount else { return }
        let larger = UnsafeMutableBufferPointer<UInt8>.allocate(capacity: byteCount + Self.paddingByteCount)
        unsafe larger.initialize(repeating: 0)
        unsafe larger.baseAddress!.update(from: buffer.baseAddress!, count: filled)
        unsafe buffer.deallocate()
        unsafe buffer = larger
    }
}
