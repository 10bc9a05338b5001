/// The rows of a band: what its columns share, and the row that is being appended.
///
/// Values come row by row and are kept by column. They wait in the columns' staged words and are moved to the arrays
/// column by column, some hundred rows at once: that takes fewer checks, and looking texts up waits for memory once
/// for many.
@safe
@usableFromInline
struct BandRows {
    /// Rows that may wait, and bytes of their texts.
    static let stagedRowLimit = 512
    static let stagedByteLimit = 1 << 18

    /// By ordinal, the values of each column's buffer.
    @usableFromInline var columns: UnsafeMutablePointer<UnsafeMutablePointer<ColumnValues>>
    private var columnCapacity = 64
    private var columnCount = 0
    @usableFromInline var tree = ArrangementTree()
    /// How many times the tree was begun anew.
    @usableFromInline private(set) var treeNumber = 0
    private(set) var stagedRowCount = 0
    @usableFromInline var texts = StagedTexts()

    /// The registry's shape of each row.
    var shapes: [UInt32] = []
    var storedAt: [UInt64] = []
    var sequences: [UInt64] = []
    var rawByteCount = 0

    /// Rows in each zone that is closed, and in the open one behind them.
    var zoneRowCounts: [Int] = []
    @usableFromInline private(set) var openZoneRowCount = 0
    private var openZoneByteCount = 0

    /// The current row: the columns of its values in the order in which they came, as a node of the tree.
    @usableFromInline var arrangement = ArrangementTree.root
    @usableFromInline var rowByteCount = 0
    private var rowTextStart = 0

    init() { unsafe columns = .allocate(capacity: columnCapacity) }

    func deallocate() {
        unsafe columns.deallocate()
        tree.deallocate()
        texts.deallocate()
    }

    mutating func addColumn(_ values: UnsafeMutablePointer<ColumnValues>) {
        if columnCount == columnCapacity {
            let larger = UnsafeMutablePointer<UnsafeMutablePointer<ColumnValues>>.allocate(
                capacity: columnCapacity * 2)
            unsafe larger.update(from: columns, count: columnCount)
            unsafe columns.deallocate()
            unsafe columns = larger
            columnCapacity *= 2
        }
        unsafe columns[columnCount] = values
        columnCount += 1
    }

    @inlinable
    @inline(__always)
    mutating func note(_ ordinal: Int, byteCount: Int) {
        arrangement = tree.step(from: arrangement, UInt32(truncatingIfNeeded: ordinal))
        rowByteCount &+= byteCount
    }

    @usableFromInline
    mutating func append(_ bytes: UnsafeBufferPointer<UInt8>, to ordinal: Int) {
        note(ordinal, byteCount: bytes.count)
        unsafe columns[ordinal].pointee.staged.append(texts.append(bytes))
    }

    /// The bytes of the last value of a column of strings, which is of the current row.
    func lastText(of ordinal: Int) -> UnsafeBufferPointer<UInt8> {
        unsafe StagedTexts.bytes(of: columns[ordinal].pointee.staged.last(1), in: texts.bytes)
    }

    mutating func appendCopy(ofLast source: Int, to ordinal: Int, _ layout: ColumnType.Layout) {
        let values = unsafe columns[source]
        switch layout {
        case .presenceOnly:
            unsafe columns[ordinal].pointee.settledCount &+= 1
            note(ordinal, byteCount: 0)
        case .integers, .doubles, .fixed8:
            unsafe columns[ordinal].pointee.staged.append(values.pointee.staged.last(1))
            note(ordinal, byteCount: 8)
        case .fixed16, .timestamps:
            let (first, second) = unsafe (values.pointee.staged.last(2), values.pointee.staged.last(1))
            unsafe columns[ordinal].pointee.staged.append(first)
            unsafe columns[ordinal].pointee.staged.append(second)
            note(ordinal, byteCount: layout == .fixed16 ? 16 : 8)
        case .strings:
            let text = unsafe values.pointee.staged.last(1)
            unsafe columns[ordinal].pointee.staged.append(text)
            note(ordinal, byteCount: Int(truncatingIfNeeded: text >> 32))
        }
    }

    /// The registry's shape of rows like the current one, if it is known.
    @inline(__always)
    var knownShape: UInt32? {
        let shape = unsafe tree.nodes[Int(arrangement)].shape
        return shape == .max ? nil : shape
    }

    mutating func note(shape: UInt32) { unsafe tree.nodes[Int(arrangement)].shape = shape }

    @inline(__always)
    mutating func endRow(shape: UInt32, storedAt time: Int64, sequence: UInt64) {
        shapes.append(shape)
        storedAt.append(UInt64(bitPattern: time))
        sequences.append(sequence)
        rawByteCount &+= rowByteCount
        openZoneRowCount &+= 1
        openZoneByteCount &+= rowByteCount
        if openZoneRowCount == Limits.rowCountPerZone || openZoneByteCount >= Limits.rawByteCountPerZone {
            zoneRowCounts.append(openZoneRowCount)
            openZoneRowCount = 0
            openZoneByteCount = 0
        }
        arrangement = ArrangementTree.root
        rowByteCount = 0
        rowTextStart = texts.count
        stagedRowCount &+= 1
    }

    var isBetweenRows: Bool { arrangement == ArrangementTree.root }

    @inline(__always)
    var isFull: Bool { stagedRowCount >= Self.stagedRowLimit || texts.count >= Self.stagedByteLimit }

    /// Forgets the staged values of the current row.
    mutating func takeRowBack(_ layout: (Int) -> ColumnType.Layout) {
        tree.forEachOrdinal(of: arrangement) { ordinal in
            unsafe columns[Int(ordinal)].pointee.removeLast(layout(Int(ordinal)))
        }
        arrangement = ArrangementTree.root
        rowByteCount = 0
        texts.cut(to: rowTextStart)
    }

    /// Tells that the columns have taken the staged values over.
    mutating func settled() {
        stagedRowCount = 0
        rowTextStart = 0
        texts.cut(to: 0)
    }

    /// Forgets the arrangements; their shapes' numbers stay good as long as the registry has them.
    mutating func clearTree() {
        tree.deallocate()
        tree = ArrangementTree()
        treeNumber += 1
    }

    mutating func removeAll() {
        shapes.removeAll(keepingCapacity: true)
        storedAt.removeAll(keepingCapacity: true)
        sequences.removeAll(keepingCapacity: true)
        zoneRowCounts.removeAll()
        rawByteCount = 0
        openZoneRowCount = 0
        openZoneByteCount = 0
        arrangement = ArrangementTree.root
        rowByteCount = 0
        settled()
    }
}
