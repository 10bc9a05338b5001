import Columns

extension SegmentReport {
    /// The report for a terminal of so many characters a line.
    ///
    /// - Parameter ordinals: everything of these columns, in place of the overview.
    public func text(width: Int = 120, columns ordinals: Set<Int>? = nil) -> String {
        if let ordinals {
            return columns(with: ordinals).map { $0.text(width: width, of: head) }.joined(separator: "\n")
        }
        let lines = head.lines + [""] + summaryLines + [""] + partLines(width) + [""] + columnLines(width)
        return lines.map { $0 + "\n" }.joined()
    }

    private var summaryLines: [String] {
        let floor = floorByteCount
        return [
            "raw        \(FigureText.grouped(rawByteCount)) bytes, \(perRow(rawByteCount)) a row",
            "encoded    \(FigureText.grouped(encodedByteCount)) bytes, \(perRow(encodedByteCount)) a row",
            "file       \(FigureText.grouped(head.fileByteCount)) bytes, \(perRow(head.fileByteCount)) a row",
            "floor      \(FigureText.grouped(floor)) bytes, \(perRow(floor)) a row; file / floor "
                + FigureText.quotient(head.fileByteCount, floor, decimals: 2),
        ]
    }

    private func perRow(_ byteCount: Int) -> String { FigureText.quotient(byteCount, head.rowCount, decimals: 3) }

    private func partLines(_ width: Int) -> [String] {
        var table = TextTable([
            .init(title: "bytes of", alignment: .left), .init(title: "bytes", alignment: .right),
            .init(title: "B/row", alignment: .right), .init(title: "share", alignment: .right),
        ])
        for kind in ByteParts.Kind.allCases where parts[kind] > 0 || kind == .unaccounted {
            table.add([
                kind.title, FigureText.grouped(parts[kind]), perRow(parts[kind]),
                FigureText.percent(parts[kind], of: head.fileByteCount),
            ])
        }
        return table.lines(width: width)
    }

    private func columnLines(_ width: Int) -> [String] {
        func number(_ title: String, dispensability: Int = 0) -> TextTable.Column {
            .init(title: title, alignment: .right, dispensability: dispensability)
        }
        var table = TextTable([
            .init(title: "column", alignment: .left), .init(title: "type", alignment: .left), number("values"),
            number("raw", dispensability: 2), number("encoded", dispensability: 3), number("stored"),
            number("meta", dispensability: 5), number("B/row"), number("B/value", dispensability: 4), number("share"),
            number("floor", dispensability: 1),
        ])
        for column in columns {
            table.add(
                [
                    column.path, "\(column.type)", FigureText.short(column.valueCount),
                    FigureText.short(column.rawByteCount), FigureText.short(column.encodedByteCount),
                    FigureText.short(column.storedByteCount), FigureText.short(column.parts.metadata),
                    perRow(column.totalByteCount),
                    FigureText.quotient(column.totalByteCount, column.valueCount, decimals: 2),
                    FigureText.percent(column.totalByteCount, of: head.fileByteCount),
                    FigureText.short(column.floor.byteCount),
                ], note: column.cascadeNote)
        }
        return table.lines(width: width)
    }
}

extension ColumnReport {
    /// The commonest encoding, and of how many pages it is the encoding when not of all.
    fileprivate var cascadeNote: String? {
        guard let cascade else { return hasOverflow ? "in overflow" : nil }
        let share = cascade.pageCount == dataPageCount ? "" : "[\(cascade.pageCount) of \(dataPageCount) pages] "
        return share + cascade.text
    }
}

extension SegmentHead {
    var lines: [String] {
        func range<Value>(_ range: ClosedRange<Value>?, _ text: (Value) -> String) -> String {
            range.map { "\(text($0.lowerBound)) … \(text($0.upperBound))" } ?? "none"
        }
        let rows = "\(FigureText.grouped(rowCount)) rows in \(FigureText.grouped(zoneCount)) zones"
        let features =
            incompatibleFeatures == 0 && compatibleFeatures == 0
            ? "no features"
            : "features incompatible \(String(incompatibleFeatures, radix: 16)), "
                + "compatible \(String(compatibleFeatures, radix: 16))"
        return [
            "segment    \(PrintableText.escaping(name))",
            "size       \(FigureText.grouped(fileByteCount)) bytes, \(rows), \(FigureText.grouped(columnCount)) columns",
            "tier       \(tier)",
            "format     read version \(readVersion), write version \(writeVersion), \(features)",
            "writer     \(PrintableText.escaping(writer))",
            "timestamps \(range(timestamps, Self.time))",
            "stored at  \(range(storedAt, Self.time))",
            "sequences  \(range(sequences) { String($0) })",
        ]
    }

    static func time(_ nanoseconds: Int64) -> String { TimestampText.utc(nanoseconds) }
}

extension ByteParts.Kind {
    /// What the bytes are, for people.
    var title: String {
        switch self {
        case .pages: "data pages"
        case .dictionaries: "dictionaries"
        case .templates: "templates"
        case .symbolTables: "symbol tables"
        case .zstdDictionaries: "Zstd dictionaries"
        case .shapeTables: "shape tables"
        case .mapTables: "map tables"
        case .pageTables: "page tables"
        case .statistics: "statistics"
        case .filters: "filters"
        case .directoryEntries: "directory entries"
        case .pathHeap: "path heap"
        case .ordinalIndex: "ordinal index"
        case .zoneTable: "zone table"
        case .root: "root"
        case .headerAndTrailer: "header and trailer"
        case .unaccounted: "unaccounted"
        }
    }
}
