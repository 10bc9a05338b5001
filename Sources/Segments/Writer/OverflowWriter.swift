import Bytes
import Columns

/// Writes the values of rare columns to the buckets that they share.
struct OverflowWriter {
    private let band: BandWriter

    init(_ band: BandWriter) { self.band = band }

    func write() throws(SegmentError) {
        let layout = band.layout
        guard !layout.overflow.isEmpty else { return }
        let writer = band.writer
        for bucket in 0..<writer.options.overflowBucketCount {
            var values: [(row: UInt32, ordinal: Int, text: [UInt8])] = []
            for column in layout.overflow where column.ordinal % writer.options.overflowBucketCount == bucket {
                let vector = column.vector()
                for (index, row) in column.rows.enumerated() {
                    values.append((row, column.ordinal, vector.overflowText(index, type: column.type)))
                }
                writer.record(column.ordinal).hasOverflow = true
            }
            guard !values.isEmpty else { continue }
            values.sort { ($0.row, $0.ordinal) < ($1.row, $1.ordinal) }
            // A page lies in at most 64 zones, and so does a band.
            try writePage(bucket, values)
        }
    }

    private func writePage(
        _ bucket: Int, _ values: [(row: UInt32, ordinal: Int, text: [UInt8])]
    ) throws(SegmentError) {
        let writer = band.writer
        let profile = writer.options.profile
        var texts = StringVector()
        for value in values { texts.append(value.text) }
        let page = OverflowPage(
            bucket: bucket, count: values.count,
            ordinals: IntegerNode.encoding(values.map { UInt64($0.ordinal) }, profile: profile),
            rows: IntegerNode.encoding(values.map { UInt64($0.row) }, profile: profile),
            texts: StringNode.encoding(texts, profile: profile))
        var bytes = ByteWriter()
        page.write(to: &bytes)
        let record = writer.overflowRecord(bucket)
        record.valueCount += values.count
        record.pages.append(
            PageEntry(
                place: try writer.place(bytes.bytes), valueCount: values.count, firstZone: band.firstZone,
                zoneCount: band.layout.zoneRowCounts.count, kind: .data, presence: .own,
                rawByteCount: texts.bytes.count))
    }
}

extension BandColumn {
    /// All values as a vector.
    func vector() -> ColumnVector {
        switch type.layout {
        case .presenceOnly: .presence(count: valueCount)
        case .integers: .integers(words)
        case .doubles: .doubles(words.map { Double(bitPattern: $0) })
        case .timestamps: .timestamps(words, forms: forms.map { UInt64($0) })
        case .fixed8: .fixed(PageEncoder.bytes(words[...]), width: 8)
        case .fixed16: .fixed(PageEncoder.bytes(words[...]), width: 16)
        case .strings: .strings(pool.vector(0..<valueCount))
        }
    }
}
