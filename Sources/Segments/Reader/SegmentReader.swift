import Bytes
public import Columns

/// Reads a segment: opens with one tail read, then reads just the pages that are asked for.
///
/// Not to be shared between threads: open one reader for each.
public final class SegmentReader {
    let source: any SegmentSource
    let trailer: Trailer
    let root: Root
    public let zones: [Zone]
    /// The checksum of the root, which holds those of everything else: it tells this segment from any other.
    public let rootChecksum: UInt64
    /// How many directory entries were decoded so far, for whoever wants to know what a lookup costs.
    public internal(set) var directoryEntryReadCount = 0
    /// How many bytes were read so far.
    public private(set) var readByteCount = 0

    /// A failure of the operating system inside a decoder, which can only report damage itself.
    var pendingFailure: SegmentError?
    let resources = ResourceCache()
    let sourceCache = SourceCache()
    /// Where pages are looked for before they are read, if there is such a place.
    public var pageCache: PageCache?
    var bytesOfDictionaries: [ResourceCache.Key: ByteSet] = [:]
    var columnStates: [Int: SegmentColumn.State] = [:]
    /// Those that keep a page.
    var statesWithPages: [SegmentColumn.State] = []
    /// Those of all columns, by ordinal; empty when nobody has asked for all.
    var allStates: [SegmentColumn.State] = []
    /// What was found under paths that were asked for.
    var columnsOfPath: [ColumnPath: [SegmentColumn.State]] = [:]
    var shapePageCache: [Int: ShapePage] = [:]
    var idFilters: [IdFilterKind: IdFilterReader] = [:]
    private var pathHeap: ArraySlice<UInt8>?
    private var ordinalIndex: [UInt64]?
    /// The directory block that was read last.
    var lastBlock: (index: Int, block: DirectoryBlock)?
    /// The end of the file as the opening read found it.
    private let tail: [UInt8]
    private let tailOffset: Int

    static let tailByteCount = 65_536

    public init(_ source: any SegmentSource) throws(SegmentError) {
        self.source = source
        let fileByteCount = source.byteCount
        guard fileByteCount >= Trailer.header.count + Trailer.byteCount else {
            throw .damaged(.corrupt(at: 0, "file of \(fileByteCount) bytes is too short to be a segment"))
        }
        let tailOffset = max(0, fileByteCount - Self.tailByteCount)
        let tail = try source.read(at: tailOffset, byteCount: fileByteCount - tailOffset)
        var readByteCount = tail.count
        let trailer = try Self.damage { () throws(DecodeError) in
            try Trailer(parsing: tail.suffix(Trailer.byteCount), fileByteCount: UInt64(fileByteCount))
        }
        // The header is beyond the first read of a large file; then only verifying looks at it.
        if tailOffset == 0 {
            try Self.damage { () throws(DecodeError) in try trailer.check(header: tail.prefix(Trailer.header.count)) }
        }
        let rootBytes = try Self.read(
            trailer.root, "root", endingBy: UInt64(fileByteCount), from: source, tail: tail, tailOffset: tailOffset,
            count: &readByteCount)
        let root = try Self.damage { () throws(DecodeError) in
            try Root(parsing: rootBytes, at: Int(trailer.root.offset))
        }
        let zoneBytes = try Self.read(
            root.zoneTable, "zone table", endingBy: trailer.root.offset, from: source, tail: tail,
            tailOffset: tailOffset, count: &readByteCount)
        zones = try Self.damage { () throws(DecodeError) in
            try Zone.parseTable(
                zoneBytes, zoneCount: root.zoneCount, rowCount: root.rowCount, at: Int(root.zoneTable.offset))
        }
        self.root = root
        rootChecksum = trailer.root.checksum
        self.trailer = trailer
        self.tail = tail
        self.tailOffset = tailOffset
        self.readByteCount = readByteCount
    }

    /// Another reader of the same bytes, for another thread.
    public func another() throws(SegmentError) -> SegmentReader { try SegmentReader(source) }

    /// Lets go what was decoded of pages; what tells where they are is kept.
    public func forgetPages() {
        for state in statesWithPages { state.lastPage = nil }
        statesWithPages.removeAll(keepingCapacity: true)
        if !shapePageCache.isEmpty { shapePageCache.removeAll() }
        forgetSources(keeping: 4 << 20)
    }

    /// Lets go what pages are decoded from, but for some bytes of dictionaries and their like.
    func forgetSources(keeping byteCount: Int) {
        sourceCache.removeAll()
        resources.shrink(to: byteCount)
    }

    public var rowCount: Int { root.rowCount }
    public var columnCount: Int { root.columnCount }
    public var tier: EncodingProfile.Tier { root.tier }
    public var fileByteCount: Int { source.byteCount }
    public var writerName: String { root.writer }
    /// First and last time in the time column; nil when no row has one.
    public var timestamps: ClosedRange<Int64>? {
        root.hasTimestamps && root.minTimestamp <= root.maxTimestamp ? root.minTimestamp...root.maxTimestamp : nil
    }
    public var storedTimes: ClosedRange<Int64> {
        root.minStoredAt <= root.maxStoredAt ? root.minStoredAt...root.maxStoredAt : 0...0
    }
    public var sequences: ClosedRange<UInt64>? {
        root.rowCount > 0 && root.minSequence <= root.maxSequence ? root.minSequence...root.maxSequence : nil
    }

    // MARK: Bytes

    /// The bytes of a reference, checked against the file's length, the format's limit and their checksum.
    func bytes(of blob: BlobReference, _ what: String) throws(SegmentError) -> ArraySlice<UInt8> {
        try Self.read(
            blob, what, endingBy: trailer.root.offset, from: source, tail: tail, tailOffset: tailOffset,
            count: &readByteCount)
    }

    func bytes(of page: PageEntry, _ what: String) throws(SegmentError) -> ArraySlice<UInt8> {
        switch page.place {
        case .stored(let blob): try bytes(of: blob, what)
        case .inline(let bytes, _): bytes
        }
    }

    /// The contents of a section that is stored as one buffer.
    func unpacked(_ blob: BlobReference, _ what: String) throws(SegmentError) -> ArraySlice<UInt8> {
        let stored = try bytes(of: blob, what)
        return try Self.damage { () throws(DecodeError) in
            var parser = ByteReader(stored, baseOffset: Self.clamped(blob.offset))
            let buffer = try StoredBuffer.parse(&parser, upTo: Limits.storedByteCount)
            guard parser.isAtEnd else { throw parser.corrupt("bytes follow the end of the \(what)") }
            return try buffer.raw(in: NoEnvironment(byteOffset: Self.clamped(blob.offset)))
        }
    }

    private static func read(
        _ blob: BlobReference, _ what: String, endingBy limit: UInt64, from source: any SegmentSource, tail: [UInt8],
        tailOffset: Int, count: inout Int
    ) throws(SegmentError) -> ArraySlice<UInt8> {
        if blob.length == 0 { return [] }
        guard blob.length <= Limits.storedByteCount else {
            throw .damaged(.limit(at: clamped(blob.offset), "\(what) of \(blob.length) bytes is over 64 MiB"))
        }
        let (end, overflow) = blob.offset.addingReportingOverflow(UInt64(blob.length))
        guard !overflow, end <= limit, blob.offset >= UInt64(Trailer.header.count) else {
            throw .damaged(.corrupt(at: clamped(blob.offset), "\(what) lies beyond the bytes for pages and sections"))
        }
        let offset = Int(blob.offset)
        let bytes: ArraySlice<UInt8>
        if offset >= tailOffset {
            bytes = tail[(offset - tailOffset)..<(offset - tailOffset + Int(blob.length))]
        } else {
            bytes = try source.read(at: offset, byteCount: Int(blob.length))[...]
            count += bytes.count
        }
        guard checksum(bytes) == blob.checksum else {
            throw .damaged(.corrupt(at: offset, "checksum of the \(what) is wrong"))
        }
        return bytes
    }

    static func clamped(_ offset: UInt64) -> Int { Int(min(offset, UInt64(Int.max))) }

    /// Runs a decoder and reports what it finds as damage of this file.
    static func damage<Value>(_ body: () throws(DecodeError) -> Value) throws(SegmentError) -> Value {
        do { return try body() } catch { throw .damaged(error) }
    }

    /// Like ``damage(_:)``, for decoders that may read further bytes through this reader.
    func decoding<Value>(_ body: () throws(DecodeError) -> Value) throws(SegmentError) -> Value {
        do { return try body() } catch {
            if let failure = pendingFailure {
                pendingFailure = nil
                throw failure
            }
            throw .damaged(error)
        }
    }

    /// Turns a failure of a read inside a decoder into one that the decoder may throw.
    func reading<Value>(_ body: () throws(SegmentError) -> Value) throws(DecodeError) -> Value {
        do { return try body() } catch {
            if case .damaged(let damage) = error { throw damage }
            pendingFailure = error
            throw .corrupt(at: 0, "could not be read")
        }
    }

    // MARK: Directory sections

    func path(of entry: ColumnEntry) throws(SegmentError) -> ColumnPath {
        if pathHeap == nil { pathHeap = try unpacked(root.pathHeap, "path heap") }
        let heap = pathHeap ?? []
        let offset = Self.clamped(root.pathHeap.offset)
        guard entry.pathByteCount <= Limits.pathByteCount, entry.pathOffset + entry.pathByteCount <= heap.count else {
            throw .damaged(.corrupt(at: offset, "a path lies outside the path heap"))
        }
        let start = heap.startIndex + entry.pathOffset
        let bytes = heap[start..<start + entry.pathByteCount]
        guard checksum(bytes) == entry.pathHash else {
            throw .damaged(.corrupt(at: offset, "a path does not have its hash"))
        }
        let path = try Self.damage { () throws(DecodeError) in try ColumnPath(decoding: bytes) }
        guard (path == .none) == entry.type.isSystem else {
            throw .damaged(.corrupt(at: offset, "a column of type \(entry.type) has the path '\(path)'"))
        }
        return path
    }

    /// The place in the directory of the column with an ordinal.
    func directoryIndex(ofOrdinal ordinal: Int) throws(SegmentError) -> Int {
        let offset = Self.clamped(root.ordinalIndex.offset)
        if ordinalIndex == nil { ordinalIndex = try readOrdinalIndex() }
        let index = ordinalIndex ?? []
        guard ordinal >= 0, ordinal < columnCount, index[ordinal] < UInt64(columnCount) else {
            throw .damaged(.corrupt(at: offset, "no column has ordinal \(ordinal)"))
        }
        return Int(index[ordinal])
    }

    private func readOrdinalIndex() throws(SegmentError) -> [UInt64] {
        let bytes = try bytes(of: root.ordinalIndex, "ordinal index")
        return try Self.damage { () throws(DecodeError) in
            var parser = ByteReader(bytes, baseOffset: Self.clamped(root.ordinalIndex.offset))
            let node = try IntegerNode.parse(&parser, count: columnCount, depth: 0)
            guard parser.isAtEnd else { throw parser.corrupt("bytes follow the end of the ordinal index") }
            return try node.decode(count: columnCount, rows: .unknown, in: NoEnvironment())
        }
    }
}
