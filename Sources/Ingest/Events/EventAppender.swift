import CSimdJSON
import Columns
import Storage

/// Turns the members of an event into a row of a band.
@safe
struct EventAppender: ~Copyable {
    let band: Band
    let cursor: BandCursor
    /// Keeps the paths of events apart from those that a store adds.
    private let isForStore: Bool

    /// By path and type, 0 where the path has no such column: ordinal 0 is a system column's.
    private var ordinals: UnsafeMutablePointer<UInt32>
    private var pathCapacity = 0
    private static let typeCount = 18
    /// Whose numbers of paths these are.
    private var pathsId: UInt64 = 0
    /// The document whose members are being appended knows the paths.
    private var paths: UnsafePointer<traversion_json_path>?
    /// Neighbours share their date.
    var timestamps = TimestampParser()
    /// Why a value could not be appended.
    private var fault = LineError.Reason.tooManyColumns

    init(band: Band, isForStore: Bool = false) {
        self.band = band
        cursor = band.cursor
        self.isForStore = isForStore
        unsafe ordinals = .allocate(capacity: 1)
    }

    deinit { unsafe ordinals.deallocate() }

    /// Appends a row, or nothing and tells why.
    mutating func append(
        _ document: UnsafeMutablePointer<traversion_json_document>, storedAt: Int64, sequence: UInt64
    ) -> LineError.Reason? {
        if let reason = unsafe appendValues(document) { return reason }
        endRow(storedAt: storedAt, sequence: sequence)
        return nil
    }

    /// Appends the values of a row that is to be ended, or nothing and tells why.
    mutating func appendValues(_ document: UnsafeMutablePointer<traversion_json_document>) -> LineError.Reason? {
        if unsafe document.pointee.has_duplicates != 0 {
            unsafe dropReplacedMembers(document.pointee)
            unsafe document.pointee.has_duplicates = 0
        }
        if unsafe document.pointee.paths_id != pathsId || document.pointee.path_count > pathCapacity {
            unsafe makeRoom(document.pointee)
        }
        unsafe paths = unsafe document.pointee.paths
        if unsafe appendMembers(document.pointee) { return nil }
        band.takeRowBack()
        return fault
    }

    func endRow(storedAt: Int64, sequence: UInt64) {
        let isDone = band.endRow(storedAt: storedAt, sequence: sequence)
        precondition(isDone, "a row without a key twice names a path twice")
    }

    private mutating func appendMembers(_ document: traversion_json_document) -> Bool {
        guard unsafe document.member_count > 0, var next = unsafe document.members else { return true }
        let end = unsafe next + document.member_count
        while unsafe next < end {
            let member = unsafe next
            unsafe next += 1
            let kind = unsafe Int(member.pointee.kind)
            if kind == traversion_json_object_end || kind == traversion_json_object_start { continue }
            if kind == droppedMember {
                unsafe next += Int(member.pointee.integer) - 1
                continue
            }
            guard unsafe appendValue(member, kind, member.pointee.path) else { return false }
        }
        return true
    }

    private mutating func makeRoom(_ document: traversion_json_document) {
        let isSameTree = unsafe document.paths_id == pathsId
        let capacity = unsafe max(64, document.path_count * 2)
        let larger = UnsafeMutablePointer<UInt32>.allocate(capacity: capacity * Self.typeCount)
        unsafe larger.initialize(repeating: 0, count: capacity * Self.typeCount)
        if isSameTree { unsafe larger.update(from: ordinals, count: pathCapacity * Self.typeCount) }
        unsafe ordinals.deallocate()
        unsafe ordinals = larger
        pathCapacity = capacity
        pathsId = unsafe document.paths_id
    }

    /// The ordinal of the column for this path and type; nil when there is none and `fault` tells why.
    @inline(__always)
    mutating func ordinal(_ path: UInt32, _ type: ColumnType) -> Int? {
        let known = unsafe ordinals[Int(path) &* Self.typeCount &+ Int(type.rawValue)]
        return known != 0 ? Int(known) : newOrdinal(path, type)
    }

    private mutating func newOrdinal(_ path: UInt32, _ type: ColumnType) -> Int? {
        guard let columnPath = columnPath(path) else {
            fault = .pathTooLong
            return nil
        }
        let key = ColumnKey(path: isForStore ? StorePath.stored(columnPath) : columnPath, type: type)
        guard band.catalog.existingOrdinal(of: key) != nil || band.catalog.count < Limits.columnCount else {
            fault = .tooManyColumns
            return nil
        }
        let ordinal = band.ordinal(of: key)
        unsafe ordinals[Int(path) * Self.typeCount + Int(type.rawValue)] = UInt32(ordinal)
        return ordinal
    }

    /// Nil: longer than a path may be.
    private func columnPath(_ path: UInt32) -> ColumnPath? {
        guard let paths = unsafe paths else { return nil }
        let depth = unsafe Int(paths[Int(path)].depth)
        let numberByteCount = depth < 1 << 7 ? 1 : 2
        guard depth <= Limits.keyCountPerPath,
            unsafe Int(paths[Int(path)].byte_count) + numberByteCount <= Limits.pathByteCount
        else { return nil }
        var keys: [String] = []
        var current = Int(path)
        while current != 0 {
            let bytes = unsafe UnsafeBufferPointer(start: paths[current].key, count: Int(paths[current].key_length))
            keys.append(unsafe String(decoding: bytes, as: UTF8.self))
            current = unsafe Int(paths[current].parent)
        }
        return ColumnPath(keys: keys.reversed())
    }
}
