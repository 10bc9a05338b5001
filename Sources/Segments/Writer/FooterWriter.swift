import Bytes
import Columns

/// Writes what stands behind the pages: page tables, statistics, directory, root.
struct FooterWriter {
    let writer: SegmentWriter
    /// By ordinal.
    let records: [ColumnRecord]
    let zones: [Zone]
    let rowCount: Int
    private var profile: EncodingProfile { writer.options.profile }
    /// Metadata up to this length stands in its directory block.
    private static let inlineByteCount = 256

    func write(_ complete: (inout Root) -> Void) throws(SegmentError) {
        var heap = ByteWriter()
        var entries: [ColumnEntry] = []
        var inline: [[UInt8]] = []
        for (ordinal, record) in records.enumerated() {
            let metadata = ColumnMetadata(
                pages: record.pages,
                statistics: record.isOnlyInOverflow ? [] : record.statistics.encoded(profile: profile)
            ).encoded()
            let isInline = metadata.count <= Self.inlineByteCount
            inline.append(isInline ? metadata : [])
            entries.append(
                ColumnEntry(
                    pathHash: record.key.path.hash, pathOffset: heap.byteCount,
                    pathByteCount: record.key.path.encoded.count, ordinal: ordinal, type: record.key.type,
                    hasOverflow: record.hasOverflow, isInline: isInline, valueCount: UInt64(record.valueCount),
                    rawByteCount: UInt64(record.rawByteCount),
                    metadata: isInline ? .none : try writer.put(metadata)))
            heap.append(contentsOf: record.key.path.encoded)
        }
        let order = directoryOrder(entries)
        var directoryIndexes = [UInt64](repeating: 0, count: entries.count)
        for (place, index) in order.enumerated() { directoryIndexes[index] = UInt64(place) }
        var ordinalIndex = ByteWriter()
        IntegerNode.encoding(directoryIndexes, profile: profile).write(to: &ordinalIndex)
        var zoneTable = ByteWriter()
        for zone in zones { zone.write(to: &zoneTable) }

        let heapBlob = try putBuffer(heap.bytes)
        let ordinalBlob = try writer.put(ordinalIndex.bytes)
        let zoneBlob = try writer.put(zoneTable.bytes)
        var blocks: [Root.DirectoryBlock] = []
        for start in stride(from: 0, to: order.count, by: ColumnEntry.countPerBlock) {
            let indexes = order[start..<min(start + ColumnEntry.countPerBlock, order.count)]
            var block = ByteWriter()
            var tail = ByteWriter()
            for index in indexes {
                if entries[index].isInline {
                    entries[index].metadata = BlobReference(
                        offset: UInt64(tail.byteCount), length: UInt32(inline[index].count), checksum: 0)
                }
                entries[index].write(to: &block)
                tail.append(contentsOf: inline[index])
            }
            block.append(contentsOf: tail.bytes)
            blocks.append(
                Root.DirectoryBlock(
                    firstPathHash: entries[order[start]].pathHash, blob: try putBuffer(block.bytes)))
        }
        var root = Root(
            rowCount: rowCount, zoneCount: zones.count, columnCount: records.count,
            tier: profile.tier, zoneTable: zoneBlob, pathHeap: heapBlob, ordinalIndex: ordinalBlob,
            directoryBlocks: blocks, filters: [],
            writer: writer.options.writerName)
        complete(&root)
        try writer.putTrailer(root: try writer.put(root.encoded()))
    }

    private func directoryOrder(_ entries: [ColumnEntry]) -> [Int] {
        entries.indices.sorted { first, second in
            let (left, right) = (entries[first], entries[second])
            if left.pathHash != right.pathHash { return left.pathHash < right.pathHash }
            let (leftPath, rightPath) = (records[first].key.path.encoded, records[second].key.path.encoded)
            if leftPath != rightPath { return leftPath.lexicographicallyPrecedes(rightPath) }
            return (left.type.rawValue, left.ordinal) < (right.type.rawValue, right.ordinal)
        }
    }

    /// Writes a section that readers take whole, compressed when that gains.
    private func putBuffer(_ bytes: [UInt8]) throws(SegmentError) -> BlobReference {
        var stored = ByteWriter()
        StoredBuffer.storing(bytes, profile: profile).write(to: &stored)
        return try writer.put(stored.bytes)
    }
}
