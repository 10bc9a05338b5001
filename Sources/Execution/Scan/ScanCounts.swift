/// What a scan has read and found.
struct ScanCounts {
    var partCount = 0
    var zoneCount = 0
    var rowCount = 0
    /// Rows that fulfil the condition.
    var foundCount = 0
    /// Bytes of segments, as they are stored.
    var byteCount = 0

    mutating func add(_ other: ScanCounts) {
        partCount += other.partCount
        zoneCount += other.zoneCount
        rowCount += other.rowCount
        foundCount += other.foundCount
        byteCount += other.byteCount
    }
}
