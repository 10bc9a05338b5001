import Bytes
public import Columns

extension SegmentReader {
    /// The columns under a path, one for each type of value that occurs there.
    public func columns(at path: ColumnPath) throws(SegmentError) -> [SegmentColumn] {
        let hash = path.hash
        // The block in which the hash would begin: the last whose first hash is below it, or the first.
        var low = 0
        var high = root.directoryBlocks.count
        while low < high {
            let middle = (low + high) / 2
            if root.directoryBlocks[middle].firstPathHash < hash { low = middle + 1 } else { high = middle }
        }
        var found: [SegmentColumn] = []
        for block in max(0, low - 1)..<root.directoryBlocks.count {
            guard root.directoryBlocks[block].firstPathHash <= hash else { break }
            let bytes = try directoryBlock(block)
            var index = firstEntry(in: bytes, notBelow: hash)
            while index < bytes.count / ColumnEntry.byteCount, pathHash(in: bytes, index) == hash {
                let column = try self.column(entryAt: index, of: bytes, block: block)
                if column.path == path { found.append(column) }
                index += 1
            }
        }
        return found
    }

    /// The column with an ordinal.
    public func column(ordinal: Int) throws(SegmentError) -> SegmentColumn {
        if let column = columnsByOrdinal[ordinal] { return column }
        let index = try directoryIndex(ofOrdinal: ordinal)
        let block = index / ColumnEntry.countPerBlock
        let column = try self.column(
            entryAt: index % ColumnEntry.countPerBlock, of: try directoryBlock(block), block: block)
        guard column.ordinal == ordinal else {
            throw .damaged(.corrupt(at: Int(root.ordinalIndex.offset), "ordinal index names the wrong column"))
        }
        return column
    }

    /// Every column, ascending by ordinal.
    public func allColumns() throws(SegmentError) -> [SegmentColumn] {
        var columns: [SegmentColumn] = []
        for ordinal in 0..<columnCount { columns.append(try column(ordinal: ordinal)) }
        return columns
    }

    private func directoryBlock(_ block: Int) throws(SegmentError) -> ArraySlice<UInt8> {
        let perBlock = ColumnEntry.countPerBlock
        let entryCount = min(perBlock, columnCount - block * perBlock)
        let offset = root.directoryOffset &+ UInt64(block * perBlock * ColumnEntry.byteCount)
        return try bytes(
            of: BlobReference(
                offset: offset, length: UInt32(entryCount * ColumnEntry.byteCount),
                checksum: root.directoryBlocks[block].checksum), "directory block")
    }

    private func pathHash(in block: ArraySlice<UInt8>, _ index: Int) -> UInt64 {
        var value: UInt64 = 0
        let start = block.startIndex + index * ColumnEntry.byteCount
        for byte in block[start..<start + 8].reversed() { value = value << 8 | UInt64(byte) }
        return value
    }

    private func firstEntry(in block: ArraySlice<UInt8>, notBelow hash: UInt64) -> Int {
        var low = 0
        var high = block.count / ColumnEntry.byteCount
        while low < high {
            let middle = (low + high) / 2
            if pathHash(in: block, middle) < hash { low = middle + 1 } else { high = middle }
        }
        return low
    }

    private func column(
        entryAt index: Int, of block: ArraySlice<UInt8>, block blockIndex: Int
    ) throws(SegmentError) -> SegmentColumn {
        let start = block.startIndex + index * ColumnEntry.byteCount
        let fileOffset =
            Self.clamped(root.directoryOffset)
            + (blockIndex * ColumnEntry.countPerBlock + index) * ColumnEntry.byteCount
        directoryEntryReadCount += 1
        let entry = try Self.damage { () throws(DecodeError) in
            var reader = ByteReader(block[start..<start + ColumnEntry.byteCount], baseOffset: fileOffset)
            return try ColumnEntry(parsing: &reader, columnCount: columnCount)
        }
        if let known = columnsByOrdinal[entry.ordinal] { return known }
        let column = SegmentColumn(reader: self, entry: entry, path: try path(of: entry))
        columnsByOrdinal[entry.ordinal] = column
        return column
    }
}
