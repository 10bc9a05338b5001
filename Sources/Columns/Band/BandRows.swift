/// The rows of a band: what its columns share, and the row that is being appended.
@safe
struct BandRows {
    /// By ordinal, the values of each column's buffer.
    var columns: [UnsafeMutablePointer<ColumnValues>] = unsafe []
    /// The registry's shape of each row.
    var shapes: [UInt32] = []
    var storedAt: [UInt64] = []
    var sequences: [UInt64] = []
    var rawByteCount = 0

    /// Rows in each zone that is closed, and in the open one behind them.
    var zoneRowCounts: [Int] = []
    var openZoneRowCount = 0
    var openZoneByteCount = 0

    /// The current row: the columns of its values in the order in which they came.
    private var ordinalBuffer = UnsafeMutableBufferPointer<UInt32>.allocate(capacity: 64)
    private var ordinalCount = 0
    var ordinalHash: UInt64 = 0
    var rowByteCount = 0

    func deallocate() { unsafe ordinalBuffer.deallocate() }

    var ordinals: UnsafeBufferPointer<UInt32> {
        unsafe UnsafeBufferPointer(start: ordinalBuffer.baseAddress, count: ordinalCount)
    }

    @inline(__always)
    mutating func note(_ ordinal: Int, byteCount: Int) {
        if unsafe ordinalCount == ordinalBuffer.count { growOrdinals() }
        unsafe ordinalBuffer.baseAddress![ordinalCount] = UInt32(truncatingIfNeeded: ordinal)
        ordinalCount &+= 1
        ordinalHash = (ordinalHash ^ UInt64(truncatingIfNeeded: ordinal)) &* 0x9E37_79B9_7F4A_7C15
        ordinalHash ^= ordinalHash >> 29
        rowByteCount &+= byteCount
    }

    private mutating func growOrdinals() {
        let larger = UnsafeMutableBufferPointer<UInt32>.allocate(capacity: ordinalCount * 2)
        _ = unsafe larger.initialize(from: ordinalBuffer)
        unsafe ordinalBuffer.deallocate()
        unsafe ordinalBuffer = larger
    }

    @inline(__always)
    mutating func beginRow() {
        ordinalCount = 0
        ordinalHash = 0
        rowByteCount = 0
    }

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
        beginRow()
    }

    mutating func removeAll() {
        shapes.removeAll(keepingCapacity: true)
        storedAt.removeAll(keepingCapacity: true)
        sequences.removeAll(keepingCapacity: true)
        zoneRowCounts.removeAll()
        rawByteCount = 0
        openZoneRowCount = 0
        openZoneByteCount = 0
    }
}
