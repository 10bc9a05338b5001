import Bytes
public import Columns

/// Writes one segment: append rows to ``band``, call ``rowEnded()`` after each, and at last ``finish()``.
///
/// Memory: one band (its raw bytes, codes and dictionaries: about three times `rawByteCountPerBand` at most), what the
/// filters need (about 12 bytes for each distinct id of the segment) and the page tables. The same rows and options
/// give the same bytes.
public final class SegmentWriter {
    public let options: SegmentWriterOptions
    public let band = Band()
    private let output: any SegmentOutput
    private(set) var position = 0
    /// Bytes for the output that wait for others: most pages are too short for a call of their own.
    private var pending: [UInt8] = []
    private static let pendingByteCount = 256 << 10
    private var records: [ColumnRecord] = []
    private var overflowRecords: [Int: ColumnRecord] = [:]
    var memory = WriterMemory()
    /// Bits of what pages have that readers have to be told of (Format/Segment.md, 11).
    var features: UInt32 = 0
    /// Pages made by hand in place of the encoder's, for golden files of every node.
    var handmadePages: ((BandColumn, Range<Int>) -> [UInt8]?)?
    /// What the handmade pages of a column name, in the order of their numbers.
    var handmadeResources: ((BandColumn) -> [(kind: PageEntry.Kind, valueCount: Int, bytes: [UInt8])])?
    private var zones: [Zone] = []
    private var rowCount = 0
    private var filters: FilterCollector
    private var timestamps: (min: Int64, max: Int64)?
    private var storedAt: (min: Int64, max: Int64)?
    private var sequences: (min: UInt64, max: UInt64)?
    private var rootChecksum: UInt64 = 0

    public init(_ output: any SegmentOutput, options: SegmentWriterOptions) throws(SegmentError) {
        self.output = output
        self.options = options
        filters = FilterCollector(options)
        try append(Trailer.header)
    }

    /// Takes notice of a row that was appended to the band; a full band is encoded and emptied.
    public func rowEnded() throws(SegmentError) {
        guard band.isAtZoneEnd else { return }
        if band.zoneCount >= options.zoneCountPerBand || band.rawByteCount >= options.rawByteCountPerBand {
            try writeBand()
        }
    }

    /// Bytes written so far.
    public var byteCount: Int { position }

    func record(_ ordinal: Int) -> ColumnRecord {
        while records.count <= ordinal { records.append(ColumnRecord(key: band.catalog[records.count])) }
        return records[ordinal]
    }

    func overflowRecord(_ bucket: Int) -> ColumnRecord {
        if let record = overflowRecords[bucket] { return record }
        let record = ColumnRecord(key: ColumnKey(path: .none, type: .overflow))
        overflowRecords[bucket] = record
        return record
    }

    private func append(_ bytes: [UInt8]) throws(SegmentError) {
        pending.append(contentsOf: bytes)
        position += bytes.count
        if pending.count >= Self.pendingByteCount { try passOn() }
    }

    private func passOn() throws(SegmentError) {
        try output.append(pending)
        pending.removeAll(keepingCapacity: true)
    }

    /// Writes bytes and tells where they stand.
    func put(_ bytes: [UInt8]) throws(SegmentError) -> BlobReference {
        guard !bytes.isEmpty else { return .none }
        guard bytes.count <= Limits.storedByteCount else {
            throw .invalid("a section of \(bytes.count) bytes is over 64 MiB: write smaller segments")
        }
        let blob = BlobReference(
            offset: UInt64(position), length: UInt32(bytes.count), checksum: checksum(bytes))
        try append(bytes)
        return blob
    }

    /// Pages up to this length stand in their column's metadata.
    private static let inlineByteCount = 128

    /// Writes a page, or keeps it for the metadata when it is short.
    func place(_ bytes: [UInt8]) throws(SegmentError) -> PageEntry.Place {
        if bytes.count <= Self.inlineByteCount { return .inline(bytes[...], at: 0) }
        return .stored(try put(bytes))
    }

    private func writeBand() throws(SegmentError) {
        guard band.rowCount > 0 else { return }
        guard rowCount + band.rowCount <= Limits.rowCountPerSegment else {
            throw .invalid("over 2^31 - 1 rows: write more than one segment")
        }
        guard band.catalog.count <= Limits.columnCount - options.overflowBucketCount else {
            throw .invalid("over 2^20 columns: write more than one segment")
        }
        memory.beginBand()
        try encodeBand()
        rowCount += band.rowCount
        band.removeAll()
    }

    /// Apart from ``writeBand()`` so that nothing holds on to the band's arrays when they are emptied for reuse.
    private func encodeBand() throws(SegmentError) {
        let firstZone = zones.count
        let bandWriter = BandWriter(self, firstZone: firstZone)
        try bandWriter.write()
        noteZones(bandWriter.layout)
        filters.add(bandWriter.layout, firstZone: firstZone)
    }

    private func noteZones(_ layout: BandLayout) {
        let timeColumn = layout.columns.first { $0.key == ColumnKey(path: options.timePath, type: .timestamp) }
        for zone in layout.zoneRowCounts.indices {
            var next = Zone(firstRow: rowCount + layout.zoneStarts[zone], rowCount: layout.zoneRowCounts[zone])
            if let timeColumn {
                for word in timeColumn.words[timeColumn.values(in: zone..<zone + 1)] {
                    next.minTimestamp = min(next.minTimestamp, Int64(bitPattern: word))
                    next.maxTimestamp = max(next.maxTimestamp, Int64(bitPattern: word))
                }
            }
            zones.append(next)
            if next.minTimestamp <= next.maxTimestamp {
                timestamps = (
                    min(timestamps?.min ?? .max, next.minTimestamp), max(timestamps?.max ?? .min, next.maxTimestamp)
                )
            }
        }
        for word in band.storedAt {
            let time = Int64(bitPattern: word)
            storedAt = (min(storedAt?.min ?? .max, time), max(storedAt?.max ?? .min, time))
        }
        for sequence in band.sequences {
            sequences = (min(sequences?.min ?? .max, sequence), max(sequences?.max ?? 0, sequence))
        }
    }

    /// Writes what is left, the directory and the trailer.
    public func finish() throws(SegmentError) -> SegmentSummary {
        try writeBand()
        if !band.catalog.keys.isEmpty { _ = record(band.catalog.count - 1) }
        let dataByteCount = position
        let footer = FooterWriter(
            writer: self, records: records + overflowRecords.keys.sorted().compactMap { overflowRecords[$0] },
            zones: zones, rowCount: rowCount)
        let filterBlobs = try filters.write(to: self)
        let timeOrdinal = band.catalog.existingOrdinal(of: ColumnKey(path: options.timePath, type: .timestamp))
        try footer.write { root in
            root.overflowBucketCount = overflowRecords.isEmpty ? 0 : options.overflowBucketCount
            root.filters = filterBlobs
            if let timestamps, let timeOrdinal {
                root.hasTimestamps = true
                root.minTimestamp = timestamps.min
                root.maxTimestamp = timestamps.max
                root.timeColumn = UInt32(timeOrdinal)
            }
            root.minStoredAt = storedAt?.min ?? 0
            root.maxStoredAt = storedAt?.max ?? 0
            root.minSequence = sequences?.min ?? 0
            root.maxSequence = sequences?.max ?? 0
        }
        return SegmentSummary(
            rowCount: rowCount, columnCount: records.count, zoneCount: zones.count, byteCount: position,
            dataByteCount: dataByteCount, rawByteCount: records.reduce(0) { $0 + $1.rawByteCount },
            timestamps: timestamps.map { $0.min...$0.max }, storedAt: storedAt.map { $0.min...$0.max },
            sequences: sequences.map { $0.min...$0.max }, rootChecksum: rootChecksum)
    }

    /// Ends the file: the trailer behind the root.
    func putTrailer(root: BlobReference) throws(SegmentError) {
        rootChecksum = root.checksum
        let trailer = Trailer(
            root: root, fileByteCount: UInt64(position + Trailer.byteCount),
            incompatibleFeatures: features)
        try append(trailer.encoded())
        try passOn()
    }
}

/// What a segment turned out to be.
public struct SegmentSummary: Equatable, Sendable {
    public var rowCount: Int
    public var columnCount: Int
    public var zoneCount: Int
    /// Length of the file.
    public var byteCount: Int
    /// Bytes of pages and resources, without filters, statistics and directory.
    public var dataByteCount: Int
    /// Bytes of all values when nothing is encoded.
    public var rawByteCount: Int
    /// Nil when no row has a time in the time column.
    public var timestamps: ClosedRange<Int64>?
    /// These two are nil when there is no row.
    public var storedAt: ClosedRange<Int64>?
    public var sequences: ClosedRange<UInt64>?
    /// See ``SegmentReader/rootChecksum``.
    public var rootChecksum: UInt64
}
