import Bytes
import Columns

/// Writes what stands behind the pages: page tables, statistics, directory, root.
struct FooterWriter {
    let writer: SegmentWriter
    /// By ordinal.
    let records: [ColumnRecord]
    let zones: [Zone]
    let rowCount: Int

    func write(_ complete: (inout Root) -> Void) throws(SegmentError) {
        var heap = ByteWriter()
        var entries: [ColumnEntry] = []
        for (ordinal, record) in records.enumerated() {
            entries.append(try entry(of: record, ordinal: ordinal, pathOffset: heap.byteCount))
            heap.append(contentsOf: record.key.path.encoded)
        }
        let order = entries.indices.sorted { first, second in
            let (left, right) = (entries[first], entries[second])
            if left.pathHash != right.pathHash { return left.pathHash < right.pathHash }
            let (leftPath, rightPath) = (records[first].key.path.encoded, records[second].key.path.encoded)
            if leftPath != rightPath { return leftPath.lexicographicallyPrecedes(rightPath) }
            return (left.type.rawValue, left.ordinal) < (right.type.rawValue, right.ordinal)
        }
        var directoryIndexes = [UInt32](repeating: 0, count: entries.count)
        for (place, index) in order.enumerated() { directoryIndexes[index] = UInt32(place) }
        var ordinalIndex = ByteWriter()
        for index in directoryIndexes { ordinalIndex.append(littleEndian: index) }
        var zoneTable = ByteWriter()
        for zone in zones { zone.write(to: &zoneTable) }

        let heapBlob = try writer.put(heap.bytes)
        let ordinalBlob = try writer.put(ordinalIndex.bytes)
        let zoneBlob = try writer.put(zoneTable.bytes)
        let directoryOffset = UInt64(writer.position)
        var blocks: [Root.DirectoryBlock] = []
        for start in stride(from: 0, to: order.count, by: ColumnEntry.countPerBlock) {
            var block = ByteWriter()
            for index in order[start..<min(start + ColumnEntry.countPerBlock, order.count)] {
                entries[index].write(to: &block)
            }
            let blob = try writer.put(block.bytes)
            blocks.append(
                Root.DirectoryBlock(firstPathHash: entries[order[start]].pathHash, checksum: blob.checksum))
        }
        var root = Root(
            rowCount: rowCount, zoneCount: zones.count, columnCount: records.count,
            tier: writer.options.profile.tier, zoneTable: zoneBlob, pathHeap: heapBlob, ordinalIndex: ordinalBlob,
            directoryOffset: directoryOffset, directoryBlocks: blocks, filters: [],
            writer: writer.options.writerName)
        complete(&root)
        try writer.putTrailer(root: try writer.put(root.encoded()))
    }

    private func entry(of record: ColumnRecord, ordinal: Int, pathOffset: Int) throws(SegmentError) -> ColumnEntry {
        var table = ByteWriter()
        for page in record.pages { page.write(to: &table) }
        let tableBlob = try writer.put(table.bytes)
        let statistics = try writer.put(record.statistics.encoded(profile: writer.options.profile))
        return ColumnEntry(
            pathHash: record.key.path.hash, pathOffset: pathOffset, pathByteCount: record.key.path.encoded.count,
            ordinal: ordinal, type: record.key.type, hasOverflow: record.hasOverflow,
            valueCount: UInt64(record.valueCount), pageTableOffset: tableBlob.offset,
            pageTableChecksum: tableBlob.checksum, pageCount: record.pages.count, statistics: statistics,
            rawByteCount: UInt64(record.rawByteCount))
    }
}
