import Bytes
import Columns

/// Directory entries and column metadata (Format/Segment.md, 2.6 and 2.8).
extension HexLines {
    mutating func add(_ entry: ColumnEntry, name: String) {
        group("entry of \(name)") { lines in
            lines.add(8, "pathHash")
            let flags =
                (entry.hasOverflow ? ColumnEntry.overflowFlag : 0) | (entry.isInline ? ColumnEntry.inlineFlag : 0)
            lines.add(
                16,
                "pathOffset \(entry.pathOffset), pathLength \(entry.pathByteCount), ordinal \(entry.ordinal), "
                    + "type \(entry.type.rawValue) (\(entry.type)), flags \(flags), zero")
            lines.add(16, "valueCount \(entry.valueCount), rawBytes \(entry.rawByteCount)")
            lines.add(
                24, "metadataOffset \(entry.metadata.offset), metadataLength \(entry.metadata.length), zero, checksum")
        }
    }

    /// Adds the metadata of a column with the pages that stand in it.
    mutating func add(
        _ metadata: ColumnMetadata, of column: SegmentColumn, names: [String]
    ) throws(SegmentError) {
        guard column.entry.metadata.length > 0 else { return }
        var tail: [(title: String, lines: [NodeOutline.Part])] = []
        for (index, page) in metadata.pages.enumerated() {
            guard case .inline = page.place else { continue }
            tail.append((column.title(ofPage: index, page, name: ""), try column.outline(ofPage: index).parts))
        }
        let statistics = try column.statisticsOutline()
        group("metadata of \(names[column.ordinal])") { lines in
            lines.add(varintByteCount(UInt64(metadata.pages.count)), "pageCount \(metadata.pages.count)")
            var end: UInt64 = 0
            for (index, page) in metadata.pages.enumerated() { lines.add(page, index, after: &end) }
            let byteCount = metadata.statistics.count
            lines.add(varintByteCount(UInt64(byteCount)), "statisticsLength \(byteCount)")
            if byteCount > 0 { lines.group("statistics") { $0.add(statistics.parts) } }
            for page in tail { lines.group(page.title) { $0.add(page.lines) } }
        }
    }

    private mutating func add(_ page: PageEntry, _ index: Int, after end: inout UInt64) {
        var writer = ByteWriter()
        let previousEnd = end
        page.write(to: &writer, after: &end)
        let numbers = "\(page.valueCount) values, zones \(page.zones), rawBytes \(page.rawByteCount), "
        let title = "page \(index): \(page.kind.name)" + (page.kind == .data ? ", presence \(page.presence)" : "")
        guard case .stored(let blob) = page.place else {
            return add(writer.byteCount, "\(title), inline, \(numbers)length \(page.length)")
        }
        add(
            writer.byteCount - 8,
            "\(title), \(numbers)length \(page.length), offset \(previousEnd) + distance = \(blob.offset)")
        add(8, "checksum")
    }
}

extension SegmentColumn {
    /// What a page of the column is, as the line above its bytes.
    func title(ofPage index: Int, _ page: PageEntry, name: String) -> String {
        let owner = name.isEmpty ? "" : "\(name): "
        guard page.kind == .data else { return "\(owner)page \(index), \(page.kind.name)" }
        return "\(owner)page \(index), \(page.valueCount) values, presence \(page.presence), zones \(page.zones)"
    }

    func outline(ofPage index: Int) throws(SegmentError) -> PageOutline {
        try pages()[index].kind == .data ? PageOutline(try parsedPage(index)) : try resourceOutline(index)
    }

    func statisticsOutline() throws(SegmentError) -> PageOutline {
        let metadata = try metadata()
        guard !metadata.statistics.isEmpty else { return PageOutline(parts: []) }
        return try SegmentReader.damage { () throws(DecodeError) in
            var parser = ByteReader(metadata.statistics, baseOffset: metadata.statisticsOffset)
            return try PageOutline(parsingStatistics: &parser, zoneCount: reader.zones.count)
        }
    }
}
