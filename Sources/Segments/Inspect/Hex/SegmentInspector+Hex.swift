import Bytes
import Columns

extension SegmentInspector {
    /// Files up to this length are shown to the last byte.
    public static let wholeFileByteCount = 64 << 10

    /// The file's bytes and their meaning.
    ///
    /// A file of at most ``wholeFileByteCount`` bytes is shown with every byte. Of a longer one, header, sections that
    /// are the segment's own, root and trailer, long runs of bytes cut short. With ordinals: these, and metadata and
    /// pages of those columns.
    public func hex(columns ordinals: Set<Int>? = nil) throws(SegmentError) -> String {
        let showsAll = ordinals == nil && reader.fileByteCount <= Self.wholeFileByteCount
        var blocks = try sectionBlocks(showsAll: showsAll)
        let shown = columns.filter { showsAll || ordinals?.contains($0.ordinal) ?? false }
        blocks += try columnBlocks(shown)
        for (index, reference) in reader.root.directoryBlocks.enumerated() {
            blocks += try directoryBlocks(index, reference, showsAll: showsAll, shown: ordinals ?? [])
        }
        // What was decompressed stands behind its section: offsets of equal sections keep their order.
        let order = blocks.indices.sorted { (blocks[$0].offset, $0) < (blocks[$1].offset, $1) }
        var dump = HexDump(fileByteCount: reader.fileByteCount, showsAll: showsAll)
        var end = 0
        for index in order {
            let placed = blocks[index]
            if placed.offset > end { try addGap(end..<placed.offset, showsAll: showsAll, to: &dump) }
            end = max(end, placed.end)
            for block in placed.blocks { dump.add(block) }
        }
        if end < reader.fileByteCount { try addGap(end..<reader.fileByteCount, showsAll: showsAll, to: &dump) }
        return dump.text
    }

    /// A section of the file and what it holds when it is decompressed.
    struct PlacedBlocks {
        var blocks: [HexDump.Block]

        var offset: Int { blocks[0].offset }
        var end: Int { blocks[0].offset + blocks[0].bytes.count }
    }

    private func addGap(_ range: Range<Int>, showsAll: Bool, to dump: inout HexDump) throws(SegmentError) {
        guard showsAll else { return dump.leaveOut(range.count, "not shown") }
        var lines = HexLines()
        lines.add(range.count, "nothing points at these bytes")
        let bytes = try reader.source.read(at: range.lowerBound, byteCount: range.count)
        dump.add(.init(title: "unaccounted", offset: range.lowerBound, bytes: bytes[...], lines: lines))
    }

    private func placed(
        _ blob: BlobReference, _ title: String, _ lines: (ArraySlice<UInt8>) throws(SegmentError) -> HexLines
    ) throws(SegmentError) -> [PlacedBlocks] {
        guard blob.length > 0 else { return [] }
        let bytes = try reader.bytes(of: blob, title)
        return [
            PlacedBlocks(blocks: [
                .init(title: title, offset: Int(blob.offset), bytes: bytes, lines: try lines(bytes))
            ])
        ]
    }

    private func sectionBlocks(showsAll: Bool) throws(SegmentError) -> [PlacedBlocks] {
        let root = reader.root
        func fixed(_ offset: Int, _ byteCount: Int, _ title: String, _ lines: HexLines) throws(SegmentError)
            -> PlacedBlocks
        {
            let bytes = try reader.source.read(at: offset, byteCount: byteCount)[...]
            return PlacedBlocks(blocks: [.init(title: title, offset: offset, bytes: bytes, lines: lines)])
        }
        var blocks = [
            try fixed(0, Trailer.header.count, "header", .header(trailer)),
            try fixed(
                reader.fileByteCount - Trailer.byteCount, Trailer.byteCount, "trailer", .trailer(trailer)),
            try fixed(Int(trailer.root.offset), Int(trailer.root.length), "root", .root(root)),
        ]
        blocks += try placed(root.zoneTable, "zone table") { bytes in
            guard !showsAll, bytes.count > 1024 else { return .zoneTable(reader.zones) }
            var lines = HexLines()
            lines.add(bytes.count, "\(reader.zones.count) zones", isBulk: true)
            return lines
        }
        blocks += try placed(root.ordinalIndex, "ordinal index") { (bytes) throws(SegmentError) in
            try SegmentReader.damage { () throws(DecodeError) in
                var parser = ByteReader(bytes, baseOffset: Int(root.ordinalIndex.offset))
                var lines = HexLines()
                lines.add([try PageOutline.integers(&parser, count: reader.columnCount, "directory indexes")])
                return lines
            }
        }
        for filter in root.filters {
            blocks += try placed(filter.blob, "filter of \(IdFilterKind.name(filter.kind))") { .filter($0) }
        }
        blocks += try buffered(root.pathHeap, "path heap", showsAll: showsAll) { .paths($0) }
        return blocks
    }

    /// A section that is stored as one buffer; when that is compressed, what it holds stands behind it.
    private func buffered(
        _ blob: BlobReference, _ title: String, showsAll: Bool,
        _ contents: (ArraySlice<UInt8>) throws(SegmentError) -> HexLines
    ) throws(SegmentError) -> [PlacedBlocks] {
        guard blob.length > 0 else { return [] }
        let place = try BlockPlace(blob, of: reader, title)
        let inner = try contents(place.raw)
        var lines = HexLines()
        lines.add(place.headByteCount, "buffer: \(place.buffer.headText)")
        let isCompressed = place.buffer.codec != .none
        if isCompressed {
            lines.add(place.buffer.stored.count, "stored bytes", isBulk: true)
        } else {
            lines.append(inner)
        }
        let bytes = try reader.bytes(of: blob, title)
        var blocks = [HexDump.Block(title: title, offset: Int(blob.offset), bytes: bytes, lines: lines)]
        if isCompressed {
            blocks.append(
                .init(title: "\(title), decompressed", offset: 0, bytes: place.raw, lines: inner, isDecompressed: true))
        }
        return [PlacedBlocks(blocks: blocks)]
    }

    private func directoryBlocks(
        _ index: Int, _ reference: Root.DirectoryBlock, showsAll: Bool, shown: Set<Int>
    ) throws(SegmentError) -> [PlacedBlocks] {
        let place = try BlockPlace(reference.blob, of: reader, "directory block")
        let entries = try directoryEntries(index, place)
        return try buffered(reference.blob, "directory block \(index)", showsAll: showsAll) {
            (raw) throws(SegmentError) in
            var lines = HexLines()
            for entry in entries { lines.add(entry, name: names[entry.ordinal]) }
            let inline = entries.filter { $0.isInline }
                .sorted { ($0.metadata.offset, $0.ordinal) < ($1.metadata.offset, $1.ordinal) }
            for entry in inline {
                let start = entries.count * ColumnEntry.byteCount + Int(entry.metadata.offset)
                lines.add(start - lines.byteCount, "nothing points at these bytes")
                // Metadata that two entries share is that of the first.
                guard start == lines.byteCount else { continue }
                let column = columns[entry.ordinal]
                if showsAll || shown.contains(entry.ordinal) {
                    try lines.add(try column.metadata(), of: column, names: names)
                } else {
                    lines.add(Int(entry.metadata.length), "metadata of \(names[entry.ordinal])", isBulk: true)
                }
            }
            lines.add(raw.count - lines.byteCount, "nothing points at these bytes")
            return lines
        }
    }

    /// Metadata and pages that stand in the file by themselves.
    private func columnBlocks(_ shown: [SegmentColumn]) throws(SegmentError) -> [PlacedBlocks] {
        var blocks: [PlacedBlocks] = []
        var places: [UInt64: Int] = [:]
        for column in shown {
            let metadata = try column.metadata()
            for (index, page) in metadata.pages.enumerated() {
                guard case .stored(let blob) = page.place else { continue }
                if let place = places[blob.offset] {
                    blocks[place].blocks[0].title += "; also of \(names[column.ordinal])"
                    continue
                }
                places[blob.offset] = blocks.count
                var lines = HexLines()
                lines.add(try column.outline(ofPage: index).parts)
                blocks += try placed(blob, column.title(ofPage: index, page, name: names[column.ordinal])) { _ in lines
                }
            }
            if !column.entry.isInline {
                var lines = HexLines()
                try lines.add(metadata, of: column, names: names)
                blocks += try placed(column.entry.metadata, "\(names[column.ordinal]): metadata") { _ in lines }
            }
        }
        return blocks
    }
}
