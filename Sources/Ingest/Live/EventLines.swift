import Bytes
import CSimdJSON

/// Lines in memory, read as documents one after another. Its room is used again for the next lines.
@safe
final class EventLines {
    private let parser: DocumentParser
    private var buffer = UnsafeMutableBufferPointer<UInt8>.allocate(capacity: InputWindow.targetByteCount)
    private(set) var byteCount = 0

    /// Nil: no memory.
    init?() {
        guard let parser = DocumentParser() else {
            unsafe buffer.deallocate()
            return nil
        }
        self.parser = parser
    }

    deinit { unsafe buffer.deallocate() }

    /// Begins with other lines. False: no memory.
    func begin(_ lines: ArraySlice<UInt8>) -> Bool {
        byteCount = lines.count
        let needed = byteCount + InputWindow.paddingByteCount
        if unsafe needed > buffer.count {
            unsafe buffer.deallocate()
            unsafe buffer = .allocate(capacity: needed)
        }
        _ = unsafe buffer.initialize(from: lines)
        unsafe buffer[byteCount..<needed].initialize(repeating: 0)
        return unsafe parser.begin(UnsafeBufferPointer(rebasing: buffer[..<byteCount]))
    }

    /// The lines, as a whole.
    var bytes: UnsafeBufferPointer<UInt8> { unsafe UnsafeBufferPointer(rebasing: buffer[..<byteCount]) }

    /// Reads the next line that is not empty; false at the end.
    func readNext() -> Bool { parser.readNext() }

    var document: UnsafeMutablePointer<traversion_json_document> { unsafe parser.document }

    /// What is wrong with the line.
    var fault: LineError.Reason? { parser.fault }

    /// Where the line that begins at an offset ends, its line feed included.
    func end(ofLineAt offset: Int) -> Int {
        unsafe UnsafeBufferPointer(buffer).span.firstIndex(of: Byte.lineFeed, in: offset..<byteCount).map { $0 + 1 }
            ?? byteCount
    }
}
