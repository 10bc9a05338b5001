/// Rows held by column on their way into a segment: the unit that the segment writer encodes at once.
///
/// A caller appends the values of a row, each to its column, and then ends the row. The catalog lives as long as the
/// segment, the values as long as the band.
@safe
public final class Band {
    public private(set) var catalog = ColumnCatalog()
    public private(set) var registry = ShapeRegistry()
    /// By ordinal; the three system columns' buffers stay empty.
    public private(set) var columns: [ColumnBuffer] = []

    /// Behind a pointer for the same reason as the values of ``ColumnBuffer``.
    private let rows: UnsafeMutablePointer<BandRows>

    public init() {
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
        while columns.count < catalog.count {
            let buffer = ColumnBuffer(type: catalog[columns.count].type)
            columns.append(buffer)
            unsafe rows.pointee.columns.append(buffer.values)
        }
    }

    // MARK: Values of the current row

    public func appendPresence(_ ordinal: Int) {
        unsafe rows.pointee.columns[ordinal].pointee.count &+= 1
        unsafe rows.pointee.note(ordinal, byteCount: 0)
    }

    /// Appends a bool, integer or double (its bits) or an id of 8 bytes.
    public func append(word: UInt64, to ordinal: Int) {
        unsafe rows.pointee.columns[ordinal].pointee.append(word: word)
        unsafe rows.pointee.note(ordinal, byteCount: 8)
    }

    /// Appends an id of 16 bytes.
    public func append(words first: UInt64, _ second: UInt64, to ordinal: Int) {
        unsafe rows.pointee.columns[ordinal].pointee.append(words: first, second)
        unsafe rows.pointee.note(ordinal, byteCount: 16)
    }

    public func append(nanoseconds: Int64, form: UInt32, to ordinal: Int) {
        unsafe rows.pointee.columns[ordinal].pointee.append(nanoseconds: nanoseconds, form: form)
        unsafe rows.pointee.note(ordinal, byteCount: 8)
    }

    public func append(_ bytes: UnsafeBufferPointer<UInt8>, to ordinal: Int) {
        unsafe rows.pointee.columns[ordinal].pointee.append(bytes)
        unsafe rows.pointee.note(ordinal, byteCount: bytes.count)
    }

    public func append(_ bytes: [UInt8], to ordinal: Int) {
        unsafe bytes.withUnsafeBufferPointer { unsafe append($0, to: ordinal) }
    }

    /// A hash of the columns of the current row and their order.
    public var rowHash: UInt64 { unsafe rows.pointee.ordinalHash }

    /// The columns of the current row, in the order in which their values came.
    public var rowOrdinals: [UInt32] { unsafe Array(rows.pointee.ordinals) }

    /// Whether the current row has values in just these columns, in this order.
    public func rowHas(_ ordinals: [UInt32]) -> Bool { unsafe rows.pointee.ordinals.elementsEqual(ordinals) }

    /// Calls `body` with the bytes of the last value of a column of strings.
    public func withLastText<Result>(of ordinal: Int, _ body: (borrowing Span<UInt8>) -> Result) -> Result {
        unsafe rows.pointee.columns[ordinal].pointee.pool.withLast(body)
    }

    /// The last value of a column of words; of ids of 16 bytes the second half.
    public func lastWord(of ordinal: Int) -> UInt64 {
        unsafe rows.pointee.columns[ordinal].pointee.words.last ?? 0
    }

    /// Appends the last value of one column to another of the same type.
    public func appendCopy(ofLast source: Int, to ordinal: Int) {
        switch columns[source].type.layout {
        case .presenceOnly: appendPresence(ordinal)
        case .integers, .doubles, .fixed8: append(word: lastWord(of: source), to: ordinal)
        case .fixed16:
            let words = columns[source].words
            append(words: words[words.count - 2], words[words.count - 1], to: ordinal)
        case .timestamps:
            let form = columns[source].forms.last ?? 0
            append(nanoseconds: Int64(bitPattern: lastWord(of: source)), form: form, to: ordinal)
        case .strings:
            unsafe rows.pointee.columns[ordinal].pointee.appendCopy(
                ofLast: unsafe rows.pointee.columns[source].pointee)
            let byteCount = unsafe rows.pointee.columns[source].pointee.pool.withLast { $0.count }
            unsafe rows.pointee.note(ordinal, byteCount: byteCount)
        }
    }

    /// Ends the row. False: the row names a path twice (or a path and something inside it) and was taken back; the
    /// caller must drop all but the last of them and append the row again.
    public func endRow(storedAt time: Int64, sequence: UInt64) -> Bool {
        let hash = unsafe rows.pointee.ordinalHash
        if let shape = unsafe registry.shape(of: rows.pointee.ordinals, hash: hash) {
            unsafe rows.pointee.endRow(shape: shape, storedAt: time, sequence: sequence)
            return true
        }
        let ordinals = unsafe Array(rows.pointee.ordinals)
        guard pathsAreApart(ordinals) else {
            takeRowBack()
            return false
        }
        let shape = registry.enter(ordinals, hash: hash)
        unsafe rows.pointee.endRow(shape: shape, storedAt: time, sequence: sequence)
        return true
    }

    /// Takes the values of the current row back.
    public func takeRowBack() {
        for ordinal in unsafe Array(rows.pointee.ordinals) {
            unsafe rows.pointee.columns[Int(ordinal)].pointee.removeLast(columns[Int(ordinal)].type.layout)
        }
        unsafe rows.pointee.beginRow()
    }

    /// Makes the values ready to be encoded: of rows that were taken back nothing is left in them.
    package func dropTakenBackTexts() {
        for column in columns where column.type.layout == .strings { column.pool.dropUnusedEntries() }
    }

    /// Forgets the rows, not the catalog.
    public func removeAll() {
        for column in columns where column.count > 0 { column.removeAll() }
        unsafe rows.pointee.removeAll()
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
