import Bytes
public import Columns

extension SegmentReader {
    /// The columns under a path, one for each type of value that occurs there.
    public func columns(at path: ColumnPath) throws(SegmentError) -> [SegmentColumn] {
        if let known = columnsOfPath[path] { return known.map { SegmentColumn(reader: self, state: $0) } }
        let found = try searchColumns(at: path)
        columnsOfPath[path] = found.map(\.state)
        return found
    }

    private func searchColumns(at path: ColumnPath) throws(SegmentError) -> [SegmentColumn] {
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
            let entries = try directoryBlock(block)
            var index = entries.firstEntry(notBelow: hash)
            while index < entries.entryCount, entries.pathHash(index) == hash {
                let column = try self.column(entryAt: index, of: entries)
                if column.path == path { found.append(column) }
                index += 1
            }
        }
        return found
    }

    /// The column with an ordinal.
    public func column(ordinal: Int) throws(SegmentError) -> SegmentColumn {
        if let known = columnStates[ordinal] { return SegmentColumn(reader: self, state: known) }
        let index = try directoryIndex(ofOrdinal: ordinal)
        let block = index / ColumnEntry.countPerBlock
        let column = try self.column(entryAt: index % ColumnEntry.countPerBlock, of: try directoryBlock(block))
        guard column.ordinal == ordinal else {
            throw .damaged(.corrupt(at: Int(root.ordinalIndex.offset), "ordinal index names the wrong column"))
        }
        return column
    }

    /// Every column, ascending by ordinal.
    public func allColumns() throws(SegmentError) -> [SegmentColumn] {
        if allStates.count < columnCount {
            // In the order of the directory, so that each of its blocks is unpacked once.
            let places = try (0..<columnCount).map { (ordinal) throws(SegmentError) in
                try directoryIndex(ofOrdinal: ordinal)
            }
            let columns = try places.indices.sorted { places[$0] < places[$1] }.map {
                (ordinal) throws(SegmentError) in try column(ordinal: ordinal)
            }
            allStates = columns.map(\.state).sorted { $0.entry.ordinal < $1.entry.ordinal }
        }
        return allStates.map { SegmentColumn(reader: self, state: $0) }
    }

    private func directoryBlock(_ index: Int) throws(SegmentError) -> DirectoryBlock {
        if let lastBlock, lastBlock.index == index { return lastBlock.block }
        let perBlock = ColumnEntry.countPerBlock
        let blob = root.directoryBlocks[index].blob
        let bytes = try unpacked(blob, "directory block")
        let block = try Self.damage { () throws(DecodeError) in
            try DirectoryBlock(
                bytes, entryCount: min(perBlock, columnCount - index * perBlock), at: Self.clamped(blob.offset))
        }
        guard block.pathHash(0) == root.directoryBlocks[index].firstPathHash else {
            throw .damaged(.corrupt(at: block.offset, "the root tells another first path of a directory block"))
        }
        lastBlock = (index, block)
        return block
    }

    private func column(entryAt index: Int, of block: DirectoryBlock) throws(SegmentError) -> SegmentColumn {
        directoryEntryReadCount += 1
        let entry = try Self.damage { () throws(DecodeError) in try block.entry(index, columnCount: columnCount) }
        if let known = columnStates[entry.ordinal] { return SegmentColumn(reader: self, state: known) }
        let inline = try Self.damage { () throws(DecodeError) in
            entry.isInline ? try block.inlineMetadata(of: entry) : nil
        }
        guard entry.valueCount <= UInt64(rowCount) || entry.type == .overflow else {
            throw .damaged(.corrupt(at: block.offset, "a column has more values than there are rows"))
        }
        let state = SegmentColumn.State(
            entry: entry, path: try path(of: entry), inlineMetadata: inline, blockOffset: block.offset)
        columnStates[entry.ordinal] = state
        return SegmentColumn(reader: self, state: state)
    }
}
