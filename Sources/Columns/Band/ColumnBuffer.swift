/// The values of one column in a band, in row order, without gaps.
///
/// The values lie behind a pointer of their own: a band appends millions of them a second, and through the pointer
/// that takes neither reference counting nor checks for overlapping access.
@safe
public final class ColumnBuffer {
    public let type: ColumnType
    let values: UnsafeMutablePointer<ColumnValues>

    public init(type: ColumnType) {
        self.type = type
        unsafe values = .allocate(capacity: 1)
        unsafe values.initialize(to: ColumnValues())
    }

    deinit {
        unsafe values.deinitialize(count: 1)
        unsafe values.deallocate()
    }

    public var count: Int { unsafe values.pointee.count }

    /// Integers, double bits, timestamps (ns), ids (8 bytes a word, lowest address in the low byte; two words for 16).
    public package(set) var words: [UInt64] {
        _read { yield unsafe values.pointee.words }
        _modify { yield unsafe &values.pointee.words }
    }

    /// Form codes of timestamps.
    public package(set) var forms: [UInt32] {
        _read { yield unsafe values.pointee.forms }
        _modify { yield unsafe &values.pointee.forms }
    }

    public package(set) var pool: StringPool {
        _read { yield unsafe values.pointee.pool }
        _modify { yield unsafe &values.pointee.pool }
    }

    func removeAll() {
        unsafe values.pointee.count = 0
        words.removeAll(keepingCapacity: true)
        forms.removeAll(keepingCapacity: true)
        if type.layout == .strings { pool.removeAll() }
    }
}

/// What a column buffer holds. Which of the arrays are used follows from the column's type.
struct ColumnValues {
    var count = 0
    var words: [UInt64] = []
    var forms: [UInt32] = []
    var pool = StringPool()

    @inline(__always)
    mutating func append(word: UInt64) {
        words.append(word)
        count &+= 1
    }

    @inline(__always)
    mutating func append(words first: UInt64, _ second: UInt64) {
        words.append(first)
        words.append(second)
        count &+= 1
    }

    @inline(__always)
    mutating func append(nanoseconds: Int64, form: UInt32) {
        words.append(UInt64(bitPattern: nanoseconds))
        forms.append(form)
        count &+= 1
    }

    @inline(__always)
    mutating func append(_ bytes: UnsafeBufferPointer<UInt8>) {
        unsafe pool.append(bytes)
        count &+= 1
    }

    @inline(__always)
    mutating func appendCopy(ofLast other: borrowing ColumnValues) {
        other.pool.withLast { text in unsafe text.withUnsafeBufferPointer { unsafe pool.append($0) } }
        count &+= 1
    }

    mutating func removeLast(_ layout: ColumnType.Layout) {
        count -= 1
        switch layout {
        case .presenceOnly: break
        case .integers, .doubles, .fixed8: words.removeLast()
        case .fixed16: words.removeLast(2)
        case .timestamps:
            words.removeLast()
            forms.removeLast()
        case .strings: pool.removeLast()
        }
    }
}
