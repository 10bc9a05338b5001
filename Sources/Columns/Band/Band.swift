/// Rows on their way into a segment, held by column: the unit that the segment writer encodes at once.
///
/// A caller appends the values of a row, each to its column, and then ends the row. The catalog lives as long as the
/// segment, the values as long as the band.
public final class Band {
    public private(set) var catalog = ColumnCatalog()
    public private(set) var registry = ShapeRegistry()
    /// By ordinal; the three system columns' buffers stay empty.
    public private(set) var columns: [ColumnBuffer] = []
    public private(set) var rowCount = 0
    /// The registry's shape of each row.
    public private(set) var shapes: [UInt32] = []
    public private(set) var storedAt: [UInt64] = []
    public private(set) var sequences: [UInt64] = []
    /// Rows in each zone that is closed, and in the open one behind them.
    public private(set) var zoneRowCounts: [Int] = []
    public private(set) var rawByteCount = 0

    private var openZoneRowCount = 0
    private var openZoneByteCount = 0
    private var rowOrdinals: [UInt32] = []
    private var rowHash: UInt64 = 0
    private var rowByteCount = 0

    public init() { fillColumns() }

    /// The number of zones, the open one included.
    public var zoneCount: Int { zoneRowCounts.count + (openZoneRowCount > 0 ? 1 : 0) }

    /// True between rows when the last zone is full.
    public var isAtZoneEnd: Bool { openZoneRowCount == 0 }

    /// Rows of every zone, the open one included.
    public var allZoneRowCounts: [Int] { openZoneRowCount > 0 ? zoneRowCounts + [openZoneRowCount] : zoneRowCounts }

    public func ordinal(of key: ColumnKey) -> Int {
        let ordinal = catalog.ordinal(of: key)
        fillColumns()
        return ordinal
    }

    private func fillColumns() {
        while columns.count < catalog.count { columns.append(ColumnBuffer(type: catalog[columns.count].type)) }
    }

    // MARK: Values of the current row

    public func appendPresence(_ ordinal: Int) {
        columns[ordinal].appendPresence()
        note(ordinal, byteCount: 0)
    }

    /// Appends a bool, integer or double (its bits) or an id of 8 bytes.
    public func append(word: UInt64, to ordinal: Int) {
        columns[ordinal].append(word: word)
        note(ordinal, byteCount: 8)
    }

    /// Appends an id of 16 bytes.
    public func append(words first: UInt64, _ second: UInt64, to ordinal: Int) {
        columns[ordinal].append(words: first, second)
        note(ordinal, byteCount: 16)
    }

    public func append(nanoseconds: Int64, form: UInt32, to ordinal: Int) {
        columns[ordinal].append(nanoseconds: nanoseconds, form: form)
        note(ordinal, byteCount: 8)
    }

    public func append(_ bytes: UnsafeBufferPointer<UInt8>, to ordinal: Int) {
        unsafe columns[ordinal].append(bytes)
        note(ordinal, byteCount: bytes.count)
    }

    public func append(_ bytes: [UInt8], to ordinal: Int) {
        unsafe bytes.withUnsafeBufferPointer { unsafe append($0, to: ordinal) }
    }

    private func note(_ ordinal: Int, byteCount: Int) {
        rowOrdinals.append(UInt32(truncatingIfNeeded: ordinal))
        rowHash = (rowHash ^ UInt64(truncatingIfNeeded: ordinal)) &* 0x9E37_79B9_7F4A_7C15
        rowHash ^= rowHash >> 29
        rowByteCount &+= byteCount
    }

    /// Ends the row. False: the row names a path twice (or a path and something inside it) and was taken back; the
    /// caller must drop all but the last of them and append the row again.
    public func endRow(storedAt time: Int64, sequence: UInt64) -> Bool {
        let known = registry.arrangement(of: rowOrdinals, hash: rowHash)
        let arrangement =
            known ?? registry.enter(rowOrdinals, hash: rowHash, isValid: pathsAreApart(rowOrdinals))
        guard let shape = arrangement.shape else {
            takeRowBack()
            return false
        }
        shapes.append(shape)
        storedAt.append(UInt64(bitPattern: time))
        sequences.append(sequence)
        rowCount += 1
        rawByteCount += rowByteCount
        openZoneRowCount += 1
        openZoneByteCount += rowByteCount
        if openZoneRowCount == Limits.rowCountPerZone || openZoneByteCount >= Limits.rawByteCountPerZone {
            zoneRowCounts.append(openZoneRowCount)
            openZoneRowCount = 0
            openZoneByteCount = 0
        }
        beginRow()
        return true
    }

    /// Takes the values of the current row back.
    public func takeRowBack() {
        for ordinal in rowOrdinals { columns[Int(ordinal)].removeLast() }
        beginRow()
    }

    private func beginRow() {
        rowOrdinals.removeAll(keepingCapacity: true)
        rowHash = 0
        rowByteCount = 0
    }

    /// Forgets the rows, not the catalog.
    public func removeAll() {
        for column in columns where column.count > 0 { column.removeAll() }
        shapes.removeAll(keepingCapacity: true)
        storedAt.removeAll(keepingCapacity: true)
        sequences.removeAll(keepingCapacity: true)
        zoneRowCounts.removeAll()
        rowCount = 0
        rawByteCount = 0
        openZoneRowCount = 0
        openZoneByteCount = 0
        // Rows of ever new shapes must not make the registry grow for ever.
        if registry.shapes.count > 1 << 16 { registry.removeAll() }
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
