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
        unsafe values.pointee.staged.deallocate()
        unsafe values.deinitialize(count: 1)
        unsafe values.deallocate()
    }

    public var count: Int { unsafe values.pointee.settledCount }

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
        unsafe values.pointee.settledCount = 0
        unsafe values.pointee.staged.count = 0
        words.removeAll(keepingCapacity: true)
        forms.removeAll(keepingCapacity: true)
        if type.layout == .strings { pool.removeAll() }
    }
}

/// What a column buffer holds. Which of the arrays are used follows from the column's type.
@usableFromInline
struct ColumnValues {
    /// Values not yet in the arrays: a word each; two for ids of 16 bytes, and for timestamps with their forms.
    @usableFromInline var staged = StagedWords()
    /// Values in the arrays; of columns that have none, all.
    @usableFromInline var settledCount = 0
    var words: [UInt64] = []
    var forms: [UInt32] = []
    var pool = StringPool()

    /// Moves the staged values to the arrays.
    mutating func settle(_ layout: ColumnType.Layout, _ texts: borrowing StagedTexts) {
        let new = unsafe staged.words
        switch layout {
        case .presenceOnly: break
        case .integers, .doubles, .fixed8:
            unsafe words.append(contentsOf: new)
            settledCount &+= new.count
        case .fixed16:
            unsafe words.append(contentsOf: new)
            settledCount &+= new.count / 2
        case .timestamps:
            let places = 0..<new.count / 2
            words.append(contentsOf: places.lazy.map { unsafe new[$0 &* 2] })
            forms.append(contentsOf: places.lazy.map { unsafe UInt32(truncatingIfNeeded: new[$0 &* 2 &+ 1]) })
            settledCount &+= new.count / 2
        case .strings:
            unsafe pool.append(new, of: texts)
            settledCount &+= new.count
        }
        staged.count = 0
    }

    mutating func removeLast(_ layout: ColumnType.Layout) {
        switch layout {
        case .presenceOnly: settledCount -= 1
        case .integers, .doubles, .fixed8, .strings: staged.count -= 1
        case .fixed16, .timestamps: staged.count -= 2
        }
    }
}
