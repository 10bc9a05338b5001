import Bytes
public import Columns

/// Tells how a segment is laid out and encoded, and how many of its bytes nothing could save.
///
/// Pages are read and parsed; decoded are only the columns that look like ids, for the entropy floor.
public struct SegmentInspector {
    let reader: SegmentReader
    var trailer: Trailer { reader.trailer }
    /// By ordinal.
    let columns: [SegmentColumn]
    /// What to call the columns, by ordinal.
    let names: [String]

    public init(_ reader: SegmentReader) throws(SegmentError) {
        self.reader = reader
        columns = try reader.allColumns()
        names = columns.map { $0.displayName }
    }

    /// Everything of the segment.
    ///
    /// - Parameter name: what to call the file.
    public func report(name: String = "") throws(SegmentError) -> SegmentReport {
        let (parts, partsByColumn) = try claims().settled(
            fileByteCount: reader.fileByteCount, columnCount: columns.count)
        let floors = try EntropyFloor.floors(of: columns)
        var seenResources = Set<UInt64>()
        var reports: [ColumnReport] = []
        for column in columns {
            var report = try ColumnInspection(column, names: names, seenResources: &seenResources).report
            report.parts = partsByColumn[column.ordinal]
            report.floor = floors[column.ordinal]
            reports.append(report)
        }
        reports.sort { ($1.totalByteCount, $0.ordinal) < ($0.totalByteCount, $1.ordinal) }
        return SegmentReport(head: head(name), parts: parts, columns: reports)
    }

    /// The ordinals of the columns of some paths and of those below them. System columns have the path of one key by
    /// which reports call them, such as `(shape)`.
    public func ordinals(at paths: [ColumnPath]) -> Set<Int> {
        Set(
            columns.filter { column in
                let keys = column.type.isSystem ? [column.displayName] : column.path.keys
                return paths.contains { keys.starts(with: $0.keys) }
            }.map(\.ordinal))
    }

    private func head(_ name: String) -> SegmentHead {
        let root = reader.root
        return SegmentHead(
            name: name, fileByteCount: reader.fileByteCount, rowCount: root.rowCount, zoneCount: root.zoneCount,
            columnCount: root.columnCount, tier: root.tier, readVersion: Int(trailer.readVersion),
            writeVersion: Int(trailer.writeVersion), incompatibleFeatures: trailer.incompatibleFeatures,
            compatibleFeatures: trailer.compatibleFeatures, writer: root.writer, timestamps: reader.timestamps,
            storedAt: root.rowCount > 0 && root.minStoredAt <= root.maxStoredAt
                ? root.minStoredAt...root.maxStoredAt : nil,
            sequences: reader.sequences)
    }
}

extension SegmentColumn {
    /// The path as people read it; the type's name in parentheses for a system column, which has none.
    var displayName: String { type.isSystem ? "(\(type))" : PrintableText.escaping(path.description) }
}

extension ColumnType {
    var isSystem: Bool { rawValue >= ColumnType.storedAt.rawValue }
}
