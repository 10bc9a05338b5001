import Bytes
import Columns

/// Encodes one band and writes its resources and pages.
struct BandWriter {
    let writer: SegmentWriter
    let band: Band
    let layout: BandLayout
    /// The segment's number of the band's first zone.
    let firstZone: Int
    private var profile: EncodingProfile { writer.options.profile }

    init(_ writer: SegmentWriter, firstZone: Int) {
        self.writer = writer
        self.firstZone = firstZone
        band = writer.band
        layout = BandLayout(writer.band, options: writer.options)
    }

    func write() throws(SegmentError) {
        let shapeColumn = self.shapeColumn()
        BandCoding(layout, options: writer.options).apply()
        EqualitySearch(layout).apply(&writer.memory.equalities)
        let search = DerivationSearch(layout, shapeColumn: shapeColumn, profile: profile)
        search.apply(&writer.memory.derivations)
        let templated = TemplateSearch(layout, profile: profile).apply(&writer.memory.templates)
        if !templated.isEmpty {
            // Templates are codes too: of other columns and for them.
            DerivationSearch(layout, shapeColumn: shapeColumn, profile: profile)
                .apply(&writer.memory.derivations, only: templated)
        }
        dropIdleIntegerCodes()
        if GroupingSearch(layout, shapeColumn: shapeColumn, profile: profile).apply(&writer.memory.groupings) {
            writer.features |= Trailer.groupedNodes
        }

        let systemColumns = [
            shapeColumn, systemColumn(ColumnCatalog.storedAtOrdinal, words: band.storedAt),
            systemColumn(ColumnCatalog.sequenceOrdinal, words: band.sequences),
        ]
        let cuts = PageCuts(
            systemColumns + layout.columns, zoneCount: layout.zoneRowCounts.count,
            upTo: writer.options.zoneCountPerPage)
        for column in systemColumns {
            try writePages(of: column, cuts.ranges(of: column))
            count(column)
        }
        for column in layout.columns { try writePages(of: column, cuts.ranges(of: column)) }
        try OverflowWriter(self).write()
        for column in layout.columns + layout.overflow { note(column) }
    }

    // MARK: System columns

    private func shapeColumn() -> BandColumn {
        let column = bandWide(ColumnCatalog.shapeOrdinal, buffer: ColumnBuffer(type: .shape))
        column.coding = .init(shared: .shapes, codes: layout.shapeOfRow, count: layout.shapes.count)
        return column
    }

    private func systemColumn(_ ordinal: Int, words: [UInt64]) -> BandColumn {
        let buffer = ColumnBuffer(type: band.catalog[ordinal].type)
        buffer.words = words
        return bandWide(ordinal, buffer: buffer)
    }

    private func bandWide(_ ordinal: Int, buffer: ColumnBuffer) -> BandColumn {
        BandColumn(
            ordinal: ordinal, key: band.catalog[ordinal], buffer: buffer, presence: .everyRow,
            zoneOffsets: layout.zoneStarts, rowSet: BandRowSet(band: band, member: []))
    }

    /// Integer codes exist for derivation's sake: where nothing is derived, plain integers are better.
    private func dropIdleIntegerCodes() {
        let sources = layout.columns.compactMap { $0.derivation?.source.ordinal }
        for column in layout.columns {
            if case .integers? = column.coding?.shared, column.derivation == nil, !sources.contains(column.ordinal) {
                column.coding = nil
            }
        }
    }

    // MARK: Pages

    private func writePages(of column: BandColumn, _ zoneRanges: [Range<Int>]) throws(SegmentError) {
        let record = writer.record(column.ordinal)
        guard column.type.layout != .presenceOnly || column.presence == .own else { return }
        // Where size matters more than time, each page chooses for itself.
        let memory = profile.tier == .hot ? record.choices : nil
        var encoder = PageEncoder(column, layout: layout, profile: profile, memory: memory)
        let zoneRanges = zoneRanges.filter { !column.values(in: $0).isEmpty }
        if let handmade = writer.handmadePages, let first = zoneRanges.first, handmade(column, first) != nil {
            for resource in writer.handmadeResources?(column) ?? [] {
                record.pages.append(
                    try entry(of: resource.bytes, kind: resource.kind, valueCount: resource.valueCount, record))
            }
            return try append(zoneRanges.map { handmade(column, $0) ?? [] }, zoneRanges, of: column, to: record)
        }
        try useSymbols(for: column, in: &encoder, record)
        if let resource = encoder.sharedResource() {
            encoder.sharedResourceIndex = try addShared(resource, of: column, to: record)
        }
        if let table = encoder.mapTable() {
            encoder.mapTableIndex = record.pages.count
            record.pages.append(try entry(of: table.bytes, kind: .mapTable, valueCount: table.count, record))
        }
        var pages = zoneRanges.map { encoder.page($0) }
        if let dictionary = encoder.trainedDictionary(pageCount: pages.count) {
            encoder.use(dictionary, resource: record.pages.count)
            let smaller = zoneRanges.map { encoder.page($0) }
            let gain = pages.reduce(0) { $0 + $1.count } - smaller.reduce(0) { $0 + $1.count }
            if gain > dictionary.bytes.count + 32 {
                record.pages.append(try entry(of: dictionary.bytes, kind: .zstdDictionary, valueCount: 0, record))
                pages = smaller
            }
        }
        if encoder.hasAnchors { writer.features |= Trailer.anchoredDeltas }
        try append(pages, zoneRanges, of: column, to: record)
    }

    /// Gives the encoder the column's symbols: texts of pages name them as a resource, a dictionary has them inside.
    private func useSymbols(
        for column: BandColumn, in encoder: inout PageEncoder, _ record: ColumnRecord
    ) throws(SegmentError) {
        let search = SymbolSearch(profile: profile)
        guard let symbols = search.symbols(for: column, &writer.memory.symbols) else { return }
        var shared = symbols.shared
        if column.coding == nil {
            shared.reference = .resource(record.pages.count)
            var table = ByteWriter()
            shared.table.write(to: &table)
            let entry = try entry(of: table.bytes, kind: .symbolTable, valueCount: 0, at: symbols.place, record)
            symbols.place = entry.place
            record.pages.append(entry)
        }
        encoder.use(shared)
    }

    private func append(
        _ pages: [[UInt8]], _ zoneRanges: [Range<Int>], of column: BandColumn, to record: ColumnRecord
    ) throws(SegmentError) {
        for (zones, page) in zip(zoneRanges, pages) {
            guard page.count <= Limits.storedByteCount else {
                throw .invalid("a page of column \(column.key.path.description) is over 64 MiB: write smaller bands")
            }
            let values = column.values(in: zones)
            let rowCount = layout.zoneStarts[zones.upperBound] - layout.zoneStarts[zones.lowerBound]
            record.pages.append(
                PageEntry(
                    place: try writer.place(page), valueCount: values.count, firstZone: firstZone + zones.lowerBound,
                    zoneCount: zones.count, kind: .data,
                    presence: column.presence == .byShape && values.count == rowCount ? .everyRow : column.presence,
                    rawByteCount: column.rawByteCounts[zones].reduce(0, +)))
        }
    }

    private func addShared(
        _ resource: PageEncoder.Resource, of column: BandColumn, to record: ColumnRecord
    ) throws(SegmentError) -> Int {
        if let leader = column.codingLeader, leader !== column {
            let leaderRecord = writer.record(leader.ordinal)
            if let shared = leaderRecord.pages.last(where: { $0.kind == .dictionary && $0.firstZone == firstZone }) {
                record.pages.append(shared)
                return record.pages.count - 1
            }
        }
        record.pages.append(try entry(of: resource.bytes, kind: resource.kind, valueCount: resource.count, record))
        return record.pages.count - 1
    }

    /// The entry of a resource for the band's zones; with a place it is one that stands there already.
    private func entry(
        of bytes: [UInt8], kind: PageEntry.Kind, valueCount: Int, at known: PageEntry.Place? = nil,
        _ record: ColumnRecord
    ) throws(SegmentError) -> PageEntry {
        guard bytes.count <= Limits.storedByteCount else {
            throw .invalid("a dictionary of column \(record.key.path.description) is over 64 MiB: write smaller bands")
        }
        let place = if let known { known } else { try writer.place(bytes) }
        return PageEntry(
            place: place, valueCount: valueCount, firstZone: firstZone,
            zoneCount: layout.zoneRowCounts.count, kind: kind, rawByteCount: 0)
    }

    private func count(_ column: BandColumn) {
        let record = writer.record(column.ordinal)
        record.valueCount += column.valueCount
        record.rawByteCount += column.rawByteCount
    }

    private func note(_ column: BandColumn) {
        count(column)
        // Values in overflow count, too: a column that has pages elsewhere must not exclude their zones.
        writer.record(column.ordinal).statistics.add(column, firstZone: firstZone)
    }
}
