import Bytes
import Columns

extension SegmentInspector {
    /// Where a column's metadata is, for those whose metadata stands in a directory block.
    struct InlinePlace {
        var block: BlockPlace
        /// Of the metadata, in the raw bytes of the block.
        var offset: Int
    }

    /// Says what every byte of the file is for.
    func claims() throws(SegmentError) -> ByteClaims {
        var claims = ByteClaims()
        let root = reader.root
        claims.add(0..<Trailer.header.count, .headerAndTrailer)
        claims.add(reader.fileByteCount - Trailer.byteCount..<reader.fileByteCount, .headerAndTrailer)
        claims.add(trailer.root, .root)
        claims.add(root.zoneTable, .zoneTable)
        claims.add(root.pathHeap, .pathHeap)
        claims.add(root.ordinalIndex, .ordinalIndex)
        for filter in root.filters { claims.add(filter.blob, .filters) }
        let inlinePlaces = try claimDirectory(&claims)
        for column in columns { try claim(column, inlinePlaces[column.ordinal], &claims) }
        return claims
    }

    private func claimDirectory(_ claims: inout ByteClaims) throws(SegmentError) -> [Int: InlinePlace] {
        var places: [Int: InlinePlace] = [:]
        for (index, reference) in reader.root.directoryBlocks.enumerated() {
            let place = try BlockPlace(reference.blob, of: reader, "directory block")
            let entries = try directoryEntries(index, place)
            let offset = Int(reference.blob.offset)
            claims.add(offset..<offset + place.headByteCount, .directoryEntries)
            for (row, entry) in entries.enumerated() {
                let start = row * ColumnEntry.byteCount
                claims.add(
                    place.range(ofRaw: start..<start + ColumnEntry.byteCount), .directoryEntries, column: entry.ordinal)
                if entry.isInline {
                    places[entry.ordinal] = InlinePlace(
                        block: place,
                        offset: entries.count * ColumnEntry.byteCount + SegmentReader.clamped(entry.metadata.offset))
                }
            }
        }
        return places
    }

    /// The entries of a directory block, whose inline metadata is known to lie inside it.
    func directoryEntries(_ index: Int, _ place: BlockPlace) throws(SegmentError) -> [ColumnEntry] {
        let count = min(ColumnEntry.countPerBlock, reader.columnCount - index * ColumnEntry.countPerBlock)
        return try SegmentReader.damage { () throws(DecodeError) in
            let block = try DirectoryBlock(place.raw, entryCount: count, at: Int(place.blob.offset))
            var entries: [ColumnEntry] = []
            for row in 0..<count {
                let entry = try block.entry(row, columnCount: reader.columnCount)
                if entry.isInline { _ = try block.inlineMetadata(of: entry) }
                entries.append(entry)
            }
            return entries
        }
    }

    private func claim(
        _ column: SegmentColumn, _ inline: InlinePlace?, _ claims: inout ByteClaims
    ) throws(SegmentError) {
        let metadata = try column.metadata()
        let byteCount = Int(column.entry.metadata.length)
        func range(_ range: Range<Int>) -> Range<Int> {
            if let inline {
                return inline.block.range(ofRaw: range.lowerBound + inline.offset..<range.upperBound + inline.offset)
            }
            let offset = SegmentReader.clamped(column.entry.metadata.offset)
            return offset + range.lowerBound..<offset + range.upperBound
        }
        for page in metadata.pages {
            switch page.place {
            case .stored(let blob):
                claims.add(blob, page.kind.part, column: column.ordinal)
            case .inline(let bytes, let offset):
                let start = offset - column.errorOffset
                claims.add(range(start..<start + bytes.count), page.kind.part, column: column.ordinal)
            }
        }
        guard byteCount > 0 else { return }
        let statistics = metadata.statisticsOffset - column.errorOffset
        claims.add(range(0..<statistics), .pageTables, column: column.ordinal)
        claims.add(
            range(statistics..<statistics + metadata.statistics.count), .statistics, column: column.ordinal)
    }
}

extension PageEntry.Kind {
    var part: ByteParts.Kind {
        switch self {
        case .data: .pages
        case .dictionary: .dictionaries
        case .templates: .templates
        case .symbolTable: .symbolTables
        case .zstdDictionary: .zstdDictionaries
        case .shapeTable: .shapeTables
        case .mapTable: .mapTables
        }
    }
}
