import Bytes
import CSimdJSON
import Files

/// The part of a stream that is being looked at: it grows at the end and is dropped from the front.
///
/// When the stream fails, the records before are given first: the error is kept until somebody asks for more.
@safe
struct InputWindow: ~Copyable {
    /// Small enough that a batch and its index stay in the second-level cache.
    static let targetByteCount = 256 << 10
    static let paddingByteCount = Int(TRAVERSION_JSON_PADDING)

    private let stream: any ByteStream
    private var buffer: UnsafeMutableBufferPointer<UInt8>
    private(set) var count = 0
    /// The offset of the window in the stream.
    private(set) var byteOffset: Int
    private(set) var isAtEnd = false
    private(set) var error: FileError?
    private var isStarted: Bool

    init(_ stream: any ByteStream, byteOffset: Int) {
        self.stream = stream
        self.byteOffset = byteOffset
        isStarted = byteOffset > 0
        unsafe buffer = .allocate(capacity: Self.targetByteCount + Self.paddingByteCount)
        unsafe buffer.initialize(repeating: 0)
    }

    deinit { unsafe buffer.deallocate() }

    /// The bytes, with padding behind them.
    var bytes: UnsafeBufferPointer<UInt8> { unsafe UnsafeBufferPointer(rebasing: buffer[..<count]) }

    /// Reads until the window has `target` bytes, or the stream has no more.
    mutating func fill(to target: Int) {
        reserve(target)
        while count < target, !isAtEnd, error == nil { readSome(target) }
        dropByteOrderMark()
    }

    /// Lets a stream that has ended be asked again.
    mutating func lookAgain() { isAtEnd = false }

    /// Whether the last byte that there is ends a line.
    var endsLine: Bool { unsafe count == 0 || buffer[count - 1] == Byte.lineFeed }

    /// Drops bytes from the front.
    mutating func drop(_ byteCount: Int) {
        guard byteCount > 0 else { return }
        let rest = count - byteCount
        if rest > 0 { unsafe buffer.baseAddress!.update(from: buffer.baseAddress! + byteCount, count: rest) }
        byteOffset += byteCount
        count = rest
    }

    /// The place behind the last line feed, 0 when there is none.
    var afterLastLineFeed: Int {
        let lineFeed = unsafe traversion_last_line_feed(buffer.baseAddress, count)
        return lineFeed < count ? lineFeed + 1 : 0
    }

    /// The place behind the first line feed at or behind `offset`, nil when there is none.
    func afterLineFeed(from offset: Int) -> Int? {
        let lineFeed = unsafe traversion_first_line_feed(buffer.baseAddress! + offset, count - offset)
        return lineFeed < count - offset ? offset + lineFeed + 1 : nil
    }

    private mutating func readSome(_ target: Int) {
        let free = unsafe UnsafeMutableBufferPointer(rebasing: buffer[count..<target])
        var output = unsafe OutputSpan(buffer: free, initializedCount: 0)
        do {
            try stream.readSome(into: &output)
        } catch {
            self.error = error
        }
        let readCount = unsafe output.finalize(for: free)
        count += readCount
        isAtEnd = readCount == 0 && error == nil
    }

    /// Some programs begin UTF-8 files with U+FEFF, which is no part of the first record.
    private mutating func dropByteOrderMark() {
        guard !isStarted else { return }
        isStarted = true
        guard count >= 3, unsafe buffer[0] == 0xEF, unsafe buffer[1] == 0xBB, unsafe buffer[2] == 0xBF else { return }
        drop(3)
    }

    private mutating func reserve(_ byteCount: Int) {
        guard unsafe buffer.count < byteCount + Self.paddingByteCount else { return }
        let larger = UnsafeMutableBufferPointer<UInt8>.allocate(capacity: byteCount + Self.paddingByteCount)
        unsafe larger.initialize(repeating: 0)
        unsafe larger.baseAddress!.update(from: buffer.baseAddress!, count: count)
        unsafe buffer.deallocate()
        unsafe buffer = larger
    }
}
