import Bytes
public import Columns

/// What a segment holds beside the values of its rows: paths, statistics, and what its pages share.
public enum SegmentBesides {
    /// Calls `body` with all of it, each as values of a column, and a word for what they are.
    public static func visit(
        _ reader: SegmentReader, _ body: (_ what: String, RowBatch.Column) -> Void
    ) throws(SegmentError) {
        body("name of the writer", texts(StringVector([reader.root.writer])))
        for column in try reader.allColumns() {
            if !column.type.isSystem { body("path", texts(StringVector(column.path.keys))) }
            try visitStatistics(column, body)
            for (index, page) in try column.pages().enumerated() where page.kind != .data {
                let resource = try reader.decoding { () throws(DecodeError) in
                    try reader.resource(index, of: column)
                }
                guard let values = values(resource) else { continue }
                body("\(page.kind)", RowBatch.Column(ordinal: column.ordinal, key: column.key, values: values))
            }
        }
    }

    private static func visitStatistics(
        _ column: SegmentColumn, _ body: (String, RowBatch.Column) -> Void
    ) throws(SegmentError) {
        guard let statistics = try column.statistics() else { return }
        var bounds = StringVector()
        var words: [UInt64] = []
        for zone in statistics.zones {
            switch zone.bounds {
            case .none, .double: continue
            case .signed(let range):
                words += [UInt64(bitPattern: range.lowerBound), UInt64(bitPattern: range.upperBound)]
            case .unsigned(let range): words += [range.lowerBound, range.upperBound]
            case .text(let minimum, let maximum):
                bounds.append(minimum)
                bounds.append(maximum)
            }
        }
        if bounds.count > 0 {
            let key = ColumnKey(path: column.path, type: .string)
            body(boundsName, RowBatch.Column(ordinal: column.ordinal, key: key, values: .strings(bounds)))
        }
        if !words.isEmpty, column.type.layout == .integers {
            body(boundsName, RowBatch.Column(ordinal: column.ordinal, key: column.key, values: .integers(words)))
        }
    }

    public static let boundsName = "statistics"
    /// Longer texts are cut to this in statistics.
    public static let boundsByteCount = StatisticsBuilder.textByteCount

    private static func values(_ resource: ResourceCache.Resource) -> ColumnVector? {
        switch resource {
        case .bytes(let bytes): .fixed(bytes, width: bytes.count % 16 == 0 ? 16 : 8)
        case .zstd(let dictionary):
            .strings(StringVector(bytes: dictionary.bytes, ends: [UInt32(dictionary.bytes.count)]))
        case .integers(let words): .integers(words)
        case .map(let table): .integers(table.values)
        case .strings(let strings): .strings(strings)
        case .templates(let templates): .strings(templates.literals)
        case .symbols(let table): .strings(table.symbols)
        case .shapes: nil
        }
    }

    private static func texts(_ strings: StringVector) -> RowBatch.Column {
        RowBatch.Column(ordinal: 0, key: ColumnKey(path: .none, type: .string), values: .strings(strings))
    }
}
