import Bytes
import CSimdJSON
import Columns

/// The JSON lines of a batch while they are written, and the places of the records that they come from.
///
/// Members are written one after another; the comma between two is put by itself.
@safe
struct JSONLines: ~Copyable {
    var text = TextBuffer()
    private(set) var faults: [RecordFault] = []
    private var starts: [UInt32] = []
    private var ends: [UInt32] = []
    private var renderer = TimestampRenderer()
    private var isFirstMember = true

    private static let timestampForm = UInt64(TimestampForm.utc().rawValue)

    /// Where the lines stood at some time.
    struct Mark {
        fileprivate var byteCount: Int
        fileprivate var lineCount: Int
        fileprivate var faultCount: Int
    }

    var lineCount: Int { starts.count }
    var isEmpty: Bool { starts.isEmpty && faults.isEmpty }
    var mark: Mark { Mark(byteCount: text.count, lineCount: lineCount, faultCount: faults.count) }

    /// The place in the window of the record that became a line.
    func record(ofLine index: Int) -> Range<Int> { Int(starts[index])..<Int(ends[index]) }

    mutating func removeAll() {
        text.removeAll()
        starts.removeAll(keepingCapacity: true)
        ends.removeAll(keepingCapacity: true)
        faults.removeAll(keepingCapacity: true)
    }

    /// Takes back everything behind a mark.
    mutating func rollBack(to mark: Mark) {
        text.truncate(to: mark.byteCount)
        starts.removeLast(starts.count - mark.lineCount)
        ends.removeLast(ends.count - mark.lineCount)
        faults.removeLast(faults.count - mark.faultCount)
    }

    /// Makes room for the padding that the JSON indexer wants.
    mutating func pad() {
        let count = Int(TRAVERSION_JSON_PADDING)
        unsafe text.room(count).update(repeating: 0, count: count)
    }

    mutating func fail(_ reason: LineError.Reason, _ record: Range<Int>) {
        faults.append(RecordFault(reason, before: lineCount, record))
    }

    // Objects.

    @inline(__always)
    mutating func beginLine() {
        text.append(Byte.openBrace)
        isFirstMember = true
    }

    mutating func endLine(_ record: Range<Int>) {
        text.append(Byte.closeBrace)
        endRawLine(record)
    }

    /// Ends a line that was not written member by member.
    mutating func endRawLine(_ record: Range<Int>) {
        text.append(Byte.lineFeed)
        starts.append(UInt32(record.lowerBound))
        ends.append(UInt32(record.upperBound))
    }

    mutating func beginObject() {
        text.append(Byte.openBrace)
        isFirstMember = true
    }

    mutating func endObject() {
        text.append(Byte.closeBrace)
        isFirstMember = false
    }

    @inline(__always)
    mutating func separate() {
        if !isFirstMember { text.append(Byte.comma) }
        isFirstMember = false
    }

    @inline(__always)
    mutating func key(_ name: StaticString) {
        separate()
        let count = name.utf8CodeUnitCount
        let output = unsafe text.room(count + 3)
        unsafe output[0] = Byte.quote
        unsafe (output + 1).update(from: name.utf8Start, count: count)
        unsafe output[count + 1] = Byte.quote
        unsafe output[count + 2] = Byte.colon
        text.advance(count + 3)
    }

    mutating func key(_ input: Span<UInt8>, _ range: Range<Int>) {
        separate()
        string(input, range)
        text.append(Byte.colon)
    }

    // Values.

    @inline(__always)
    mutating func string(_ input: Span<UInt8>, _ range: Range<Int>) {
        let part = input.extracting(range)
        unsafe part.withUnsafeBufferPointer { bytes in
            let output = unsafe text.room(JSONText.maximumByteCount(bytes.count))
            unsafe text.advance(JSONText.render(bytes, at: output))
        }
    }

    /// Bytes that are JSON already.
    @inline(__always)
    mutating func raw(_ input: Span<UInt8>, _ range: Range<Int>) {
        let part = input.extracting(range)
        unsafe part.withUnsafeBufferPointer { bytes in
            guard let start = bytes.baseAddress else { return }
            unsafe text.room(bytes.count).update(from: start, count: bytes.count)
            text.advance(bytes.count)
        }
    }

    mutating func raw(_ bytes: StaticString) {
        unsafe text.room(bytes.utf8CodeUnitCount).update(from: bytes.utf8Start, count: bytes.utf8CodeUnitCount)
        text.advance(bytes.utf8CodeUnitCount)
    }

    mutating func integer(_ value: Int64) {
        unsafe text.advance(DecimalText.render(signed: value, at: text.room(32)))
    }

    /// An instant as RFC 3339 text in UTC; a year that such text cannot show becomes nanoseconds.
    mutating func timestamp(_ nanoseconds: Int64) {
        let output = unsafe text.room(64)
        let count = unsafe renderer.render(UInt64(bitPattern: nanoseconds), form: Self.timestampForm, at: output + 1)
        guard let count else { return integer(nanoseconds) }
        unsafe output[0] = Byte.quote
        unsafe output[count + 1] = Byte.quote
        text.advance(count + 2)
    }

    // Members.

    @inline(__always)
    mutating func member(_ name: StaticString, string input: Span<UInt8>, _ range: Range<Int>) {
        key(name)
        string(input, range)
    }

    mutating func member(_ name: StaticString, string value: StaticString) {
        key(name)
        text.append(Byte.quote)
        raw(value)
        text.append(Byte.quote)
    }

    mutating func member(_ name: StaticString, integer value: Int64) {
        key(name)
        integer(value)
    }

    mutating func member(_ name: StaticString, timestamp nanoseconds: Int64) {
        key(name)
        timestamp(nanoseconds)
    }
}
