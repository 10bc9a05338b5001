import Bytes
import Columns

/// Writes the rows of a segment again, for another tier.
public enum SegmentRewriter {
    /// Rewrites a segment and reads the result back; when it does not say exactly the same, the result must be thrown
    /// away.
    public static func rewrite(
        _ reader: SegmentReader, to output: any SegmentOutput, options: SegmentWriterOptions
    ) throws(SegmentError) -> (summary: SegmentSummary, content: ContentChecksum) {
        let writer = try SegmentWriter(output, options: options)
        var content = ContentChecksum()
        for range in try reader.batchRanges() { try append(try reader.rows(in: range), to: writer, &content) }
        return (try writer.finish(), content)
    }

    /// Appends rows of one segment to another that is being written, all or those that are to be kept, and adds them to
    /// the checksum that the result must have.
    public static func append(
        _ batch: RowBatch, keeping kept: [Bool]? = nil, to writer: SegmentWriter, _ content: inout ContentChecksum
    ) throws(SegmentError) {
        try SegmentReader.damage { () throws(DecodeError) in try batch.checkTexts() }
        content.add(batch, keeping: kept)
        var appender = BatchAppender(batch, keeping: kept, to: writer)
        try appender.append()
    }
}

/// Appends the rows of a batch to a writer.
struct BatchAppender {
    private let batch: RowBatch
    /// Nil: all rows.
    private let kept: [Bool]?
    private let writer: SegmentWriter
    /// Of the columns in which a row that stays has a value: of others not even the path is to stand in the segment.
    private let ordinals: [Int?]
    private var cursors: [Int]
    /// Texts of the columns that hold strings, as pieces of one array each.
    private let strings: [StringVector]

    init(_ batch: RowBatch, keeping kept: [Bool]?, to writer: SegmentWriter) {
        self.batch = batch
        self.kept = kept
        self.writer = writer
        let used = batch.columnsInUse(by: kept)
        ordinals = batch.columns.indices.map { used[$0] ? writer.band.ordinal(of: batch.columns[$0].key) : nil }
        cursors = [Int](repeating: 0, count: batch.columns.count)
        strings = batch.columns.map { column in
            if case .codedStrings(let dictionary, _) = column.values { return dictionary }
            return column.values.plainStrings ?? StringVector()
        }
    }

    mutating func append() throws(SegmentError) {
        for row in 0..<batch.rowCount {
            if let kept, !kept[row] {
                for column in batch.shapes[Int(batch.shapeOfRow[row])] { cursors[column] += 1 }
                continue
            }
            for column in batch.shapes[Int(batch.shapeOfRow[row])] { append(column) }
            guard writer.band.endRow(storedAt: Int64(bitPattern: batch.storedAt[row]), sequence: batch.sequences[row])
            else { throw .damaged(.corrupt(at: 0, "a row names a path twice")) }
            try writer.rowEnded()
        }
    }

    private mutating func append(_ column: Int) {
        let index = cursors[column]
        cursors[column] += 1
        let band = writer.band
        guard let ordinal = ordinals[column] else { return }
        switch batch.columns[column].values {
        case .presence: band.appendPresence(ordinal)
        case .integers(let values): band.append(word: values[index], to: ordinal)
        case .doubles(let values): band.append(word: values[index].bitPattern, to: ordinal)
        case .strings: append(column, entry: index, to: ordinal)
        case .codedStrings(_, let codes): append(column, entry: Int(codes[index]), to: ordinal)
        case .timestamps(let values, let forms):
            let nanoseconds = Int64(bitPattern: values[index])
            let form = TimestampText.explicitForm(UInt32(truncatingIfNeeded: forms[index]), nanoseconds: nanoseconds)
            band.append(nanoseconds: nanoseconds, form: form, to: ordinal)
        case .fixed(let bytes, let width):
            let words = stride(from: 0, to: width, by: 8).map { offset in
                (0..<8).reversed().reduce(UInt64(0)) { $0 << 8 | UInt64(bytes[index * width + offset + $1]) }
            }
            if width == 8 {
                band.append(word: words[0], to: ordinal)
            } else {
                band.append(words: words[0], words[1], to: ordinal)
            }
        }
    }

    private func append(_ column: Int, entry: Int, to ordinal: Int) {
        let range = strings[column].range(entry)
        unsafe strings[column].bytes.withUnsafeBufferPointer { bytes in
            unsafe writer.band.append(UnsafeBufferPointer(rebasing: bytes[range]), to: ordinal)
        }
    }
}

extension RowBatch {
    /// Of each column whether one of the rows has a value in it.
    fileprivate func columnsInUse(by kept: [Bool]?) -> [Bool] {
        guard let kept else { return [Bool](repeating: true, count: columns.count) }
        var shapeIsUsed = [Bool](repeating: false, count: shapes.count)
        for row in kept.indices where kept[row] { shapeIsUsed[Int(shapeOfRow[row])] = true }
        var used = [Bool](repeating: false, count: columns.count)
        for shape in shapes.indices where shapeIsUsed[shape] {
            for column in shapes[shape] { used[column] = true }
        }
        return used
    }
}
