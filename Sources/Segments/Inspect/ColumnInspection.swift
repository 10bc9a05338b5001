import Bytes
import Columns

/// How the pages and resources of one column are encoded.
struct ColumnInspection {
    private(set) var report: ColumnReport

    /// - Parameter seenResources: where the resources stand that were counted already, for this column or another.
    init(
        _ column: SegmentColumn, names: [String], seenResources: inout Set<UInt64>
    ) throws(SegmentError) {
        let pages = try column.pages()
        var cascades = CascadeCounts()
        var entryCounts = [Int?](repeating: nil, count: pages.count)
        var encodedByteCount = 0
        func text(_ page: ParsedPage, showsFigures: Bool) -> String {
            page.cascade(
                NodeDescriber(
                    showsFigures: showsFigures,
                    columnName: { names.indices.contains($0) ? names[$0] : "column \($0)" },
                    entryCount: { entryCounts.indices.contains($0) ? entryCounts[$0] : nil }))
        }
        for (index, entry) in pages.enumerated() {
            if entry.kind == .data {
                let page = try column.parsedPage(index)
                encodedByteCount += PageOutline(page).encodedByteCount
                cascades.add(kind: text(page, showsFigures: false), text: text(page, showsFigures: true))
            } else {
                let outline = try column.resourceOutline(index)
                entryCounts[index] = outline.entryCount
                if case .stored(let blob) = entry.place, !seenResources.insert(blob.offset).inserted { continue }
                encodedByteCount += outline.encodedByteCount
            }
        }
        report = ColumnReport(
            ordinal: column.ordinal, path: names[column.ordinal], type: column.type, valueCount: column.valueCount,
            dataPageCount: pages.count { $0.kind == .data }, hasOverflow: column.hasOverflow,
            cascade: cascades.mostCommon, cascades: cascades.all, rawByteCount: column.rawByteCount,
            encodedByteCount: encodedByteCount, parts: ByteParts(), floor: .none)
    }
}

extension SegmentColumn {
    /// Bytes of the values when nothing is encoded.
    var rawByteCount: Int { SegmentReader.clamped(entry.rawByteCount) }

    func parsedPage(_ index: Int) throws(SegmentError) -> ParsedPage {
        try reader.decoding { () throws(DecodeError) in
            try PageScope(reader: reader, column: self, pageIndex: index, depth: 0).parse()
        }
    }

    func resourceOutline(_ index: Int) throws(SegmentError) -> PageOutline {
        let entry = try pages()[index]
        let bytes = try reader.bytes(of: entry, entry.kind.name)
        return try SegmentReader.damage { () throws(DecodeError) in
            var parser = ByteReader(bytes, baseOffset: entry.errorOffset)
            return try PageOutline(parsingResource: &parser, entry: entry, type: type)
        }
    }
}
