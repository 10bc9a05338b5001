/// The current row of a band, to append to without counting references. It must not outlive the band.
///
/// Public, as what it needs is usable from inline code: only so does the compiler take it into other modules' loops.
@safe
public struct BandCursor {
    @usableFromInline let rows: UnsafeMutablePointer<BandRows>

    init(_ rows: UnsafeMutablePointer<BandRows>) { unsafe self.rows = unsafe rows }

    /// The columns of the current row in the order in which their values came, as a number that other rows with the
    /// same order have too, as long as ``treeNumber`` stays.
    @inlinable
    public var arrangement: Int { unsafe Int(rows.pointee.arrangement) }

    @inlinable
    public var treeNumber: Int { unsafe rows.pointee.treeNumber }

    /// True between rows when the last zone is full.
    @inlinable
    public var isAtZoneEnd: Bool { unsafe rows.pointee.openZoneRowCount == 0 }

    @inlinable
    @inline(__always)
    public func appendPresence(_ ordinal: Int) {
        unsafe rows.pointee.columns[ordinal].pointee.settledCount &+= 1
        unsafe rows.pointee.note(ordinal, byteCount: 0)
    }

    @inlinable
    @inline(__always)
    public func append(word: UInt64, to ordinal: Int) {
        unsafe rows.pointee.columns[ordinal].pointee.staged.append(word)
        unsafe rows.pointee.note(ordinal, byteCount: 8)
    }

    @inlinable
    @inline(__always)
    public func append(words first: UInt64, _ second: UInt64, to ordinal: Int) {
        unsafe rows.pointee.columns[ordinal].pointee.staged.append(first)
        unsafe rows.pointee.columns[ordinal].pointee.staged.append(second)
        unsafe rows.pointee.note(ordinal, byteCount: 16)
    }

    @inlinable
    @inline(__always)
    public func append(nanoseconds: Int64, form: UInt32, to ordinal: Int) {
        unsafe rows.pointee.columns[ordinal].pointee.staged.append(UInt64(bitPattern: nanoseconds))
        unsafe rows.pointee.columns[ordinal].pointee.staged.append(UInt64(form))
        unsafe rows.pointee.note(ordinal, byteCount: 8)
    }

    @inlinable
    @inline(__always)
    public func append(_ bytes: UnsafeBufferPointer<UInt8>, to ordinal: Int) {
        unsafe rows.pointee.append(bytes, to: ordinal)
    }

    /// The last value of a column of integers, doubles or ids of 8 bytes, which must be of the current row.
    @inlinable
    public func lastWord(of ordinal: Int) -> UInt64 { unsafe rows.pointee.columns[ordinal].pointee.staged.last(1) }

    /// The last value of a column of timestamps, which must be of the current row.
    @inlinable
    public func lastTime(of ordinal: Int) -> Int64 {
        unsafe Int64(bitPattern: rows.pointee.columns[ordinal].pointee.staged.last(2))
    }

    /// Calls `body` with the bytes of the last value of a column of strings, which must be of the current row.
    public func withLastText<Result>(of ordinal: Int, _ body: (borrowing Span<UInt8>) -> Result) -> Result {
        unsafe body(rows.pointee.lastText(of: ordinal).span)
    }

    /// Appends the last value of one column, which must be of the current row, to another of the same layout.
    public func appendCopy(ofLast source: Int, to ordinal: Int, _ layout: ColumnType.Layout) {
        unsafe rows.pointee.appendCopy(ofLast: source, to: ordinal, layout)
    }
}
