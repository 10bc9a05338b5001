/// Rows held by column on their way into a segment: the unit that the segment writer encodes at once.
///
/// A caller appends the values of a row, each to its column, and then ends the row. The catalog lives as long as the
/// segment, the values as long as the band.
@safe
public final class Band {
    public private(set) var catalog = ColumnCatalog()
    public private(set) var registry = ShapeRegistry()
    private var buffers: [ColumnBuffer] = []

    /// Behind a pointer for the same reason as the values of ``ColumnBuffer``.
    private let rows: UnsafeMutablePointer<BandRows>

    /// Nodes of the tree of arrangements: rows that list their columns in ever new orders must not make it grow for ever.
    private let arrangementLimit: Int

    public convenience init() { self.init(arrangementLimit: 1 << 18) }

    package init(arrangementLimit: Int) {
        self.arrangementLimit = arrangementLimit
        unsafe rows = .allocate(capacity: 1)
        unsafe rows.initialize(to: BandRows())
        fillColumns()
    }

    deinit {
        unsafe rows.pointee.deallocate()
        unsafe rows.deinitialize(count: 1)
        unsafe rows.deallocate()
    }

    // MARK: Rows

    public var rowCount: Int { unsafe rows.pointee.shapes.count }
    /// The registry's shape of each row.
    public var shapes: [UInt32] { _read { yield unsafe rows.pointee.shapes } }
    public var storedAt: [UInt64] { _read { yield unsafe rows.pointee.storedAt } }
    public var sequences: [UInt64] { _read { yield unsafe rows.pointee.sequences } }
    public var rawByteCount: Int { unsafe rows.pointee.rawByteCount }

    /// Rows in each zone that is closed.
    public var zoneRowCounts: [Int] { unsafe rows.pointee.zoneRowCounts }

    /// The number of zones, the open one included.
    public var zoneCount: Int { unsafe rows.pointee.zoneRowCounts.count + (rows.pointee.openZoneRowCount > 0 ? 1 : 0) }

    /// True between rows when the last zone is full.
    public var isAtZoneEnd: Bool { unsafe rows.pointee.openZoneRowCount == 0 }

    /// Rows of every zone, the open one included.
    public var allZoneRowCounts: [Int] {
        isAtZoneEnd ? zoneRowCounts : unsafe zoneRowCounts + [rows.pointee.openZoneRowCount]
    }

    // MARK: Columns

    public func ordinal(of key: ColumnKey) -> Int {
        let ordinal = catalog.ordinal(of: key)
        fillColumns()
        return ordinal
    }

    private func fillColumns() {
        while buffers.count < catalog.count {
            let buffer = ColumnBuffer(type: catalog[buffers.count].type)
            buffers.append(buffer)
            unsafe rows.pointee.addColumn(buffer.values)
        }
    }

    /// By ordinal; the three system columns' buffers stay empty. To be looked at between rows only.
    public var columns: [ColumnBuffer] {
        settle()
        return buffers
    }

    /// Moves the values of ended rows to their columns' arrays.
    private func settle() {
        guard unsafe rows.pointee.stagedRowCount > 0 else { return }
        precondition(unsafe rows.pointee.isBetweenRows, "columns are looked at while a row is open")
        for buffer in buffers where unsafe buffer.values.pointee.staged.count > 0 {
            unsafe buffer.values.pointee.settle(buffer.type.layout, rows.pointee.texts)
        }
        unsafe rows.pointee.settled()
    }

    // MARK: Values of the current row

    /// For whoever appends a great many of them.
    public var cursor: BandCursor { unsafe BandCursor(rows) }

    public func appendPresence(_ ordinal: Int) { cursor.appendPresence(ordinal) }

    /// Appends a bool, integer or double (its bits) or an id of 8 bytes.
    public func append(word: UInt64, to ordinal: Int) { cursor.append(word: word, to: ordinal) }

    /// Appends an id of 16 bytes.
    public func append(words first: UInt64, _ second: UInt64, to ordinal: Int) {
        cursor.append(words: first, second, to: ordinal)
    }

    public func append(nanoseconds: Int64, form: UInt32, to ordinal: Int) {
        cursor.append(nanoseconds: nanoseconds, form: form, to: ordinal)
    }

    public func append(_ bytes: UnsafeBufferPointer<UInt8>, to ordinal: Int) {
        unsafe cursor.append(bytes, to: ordinal)
    }

    public func append(_ bytes: [UInt8], to ordinal: Int) {
        unsafe bytes.withUnsafeBufferPointer { unsafe append($0, to: ordinal) }
    }

    /// The columns of the current row, in the order in which their values came.
    public var rowOrdinals: [UInt32] { unsafe rows.pointee.tree.ordinals(of: rows.pointee.arrangement) }

    /// Ends the row. False: the row names a path twice (or a path and something inside it) and was taken back; the
    /// caller must drop all but the last of them and append the row again.
    public func endRow(storedAt time: Int64, sequence: UInt64) -> Bool {
        guard let shape = unsafe rows.pointee.knownShape ?? newShape() else {
            takeRowBack()
            return false
        }
        unsafe rows.pointee.endRow(shape: shape, storedAt: time, sequence: sequence)
        if unsafe rows.pointee.isFull { makeRoom() }
        return true
    }

    /// Nil: the row names a path twice.
    private func newShape() -> UInt32? {
        let ordinals = rowOrdinals
        guard pathsAreApart(ordinals) else { return nil }
        let shape = registry.number(of: ordinals)
        unsafe rows.pointee.note(shape: shape)
        return shape
    }

    private func makeRoom() {
        settle()
        if unsafe rows.pointee.tree.count > arrangementLimit { unsafe rows.pointee.clearTree() }
    }

    /// Takes the values of the current row back.
    public func takeRowBack() { unsafe rows.pointee.takeRowBack { buffers[$0].type.layout } }

    /// Forgets the rows, not the catalog.
    public func removeAll() {
        for buffer in buffers where unsafe buffer.count > 0 || buffer.values.pointee.staged.count > 0 {
            buffer.removeAll()
        }
        unsafe rows.pointee.removeAll()
        // Rows of ever new shapes must not make the registry grow for ever.
        if registry.shapes.count > 1 << 16 {
            registry.removeAll()
            unsafe rows.pointee.clearTree()
        }
    }

    /// No path twice, and no value under a path that has a value itself.
    private func pathsAreApart(_ ordinals: [UInt32]) -> Bool {
        var paths = Set<[String]>()
        let keyLists = ordinals.map { catalog[Int($0)].path.keys }
        for keys in keyLists where !paths.insert(keys).inserted { return false }
        for keys in keyLists {
            for length in 0..<keys.count where paths.contains(Array(keys[..<length])) { return false }
        }
        return true
    }
}
