import Bytes
import Columns

/// Up to 51 entries of the directory and the inline metadata of their columns.
struct DirectoryBlock {
    let bytes: ArraySlice<UInt8>
    let entryCount: Int
    /// Where the block stands in the file, for errors.
    let offset: Int

    init(_ bytes: ArraySlice<UInt8>, entryCount: Int, at offset: Int) throws(DecodeError) {
        guard bytes.count >= entryCount * ColumnEntry.byteCount else {
            throw .corrupt(at: offset, "directory block is too short for its entries")
        }
        self.bytes = bytes
        self.entryCount = entryCount
        self.offset = offset
        guard (1..<max(1, entryCount)).allSatisfy({ pathHash($0 - 1) <= pathHash($0) }) else {
            throw .corrupt(at: offset, "directory entries are not ascending")
        }
        try checkTail()
    }

    /// Inline metadata stand in the order of their entries, one right after the other, and nothing else does.
    private func checkTail() throws(DecodeError) {
        var end: UInt64 = 0
        for index in 0..<entryCount {
            let entry = bytes.dropFirst(index * ColumnEntry.byteCount)
            guard entry[entry.startIndex + 21] & ColumnEntry.inlineFlag != 0 else { continue }
            guard integer(entry.dropFirst(40).prefix(8)) == end else {
                throw .corrupt(at: offset, "inline metadata are not one right after the other")
            }
            end += integer(entry.dropFirst(48).prefix(4))
        }
        guard end == UInt64(bytes.count - entryCount * ColumnEntry.byteCount) else {
            throw .corrupt(at: offset, "a directory block does not end with its last inline metadata")
        }
    }

    private func integer(_ bytes: ArraySlice<UInt8>) -> UInt64 { bytes.reversed().reduce(0) { $0 << 8 | UInt64($1) } }

    func pathHash(_ index: Int) -> UInt64 { integer(bytes.dropFirst(index * ColumnEntry.byteCount).prefix(8)) }

    func firstEntry(notBelow hash: UInt64) -> Int {
        var low = 0
        var high = entryCount
        while low < high {
            let middle = (low + high) / 2
            if pathHash(middle) < hash { low = middle + 1 } else { high = middle }
        }
        return low
    }

    func entry(_ index: Int, columnCount: Int) throws(DecodeError) -> ColumnEntry {
        let start = bytes.startIndex + index * ColumnEntry.byteCount
        var reader = ByteReader(bytes[start..<start + ColumnEntry.byteCount], baseOffset: offset)
        return try ColumnEntry(parsing: &reader, columnCount: columnCount)
    }

    /// The inline metadata of a column.
    func inlineMetadata(of entry: ColumnEntry) throws(DecodeError) -> ArraySlice<UInt8> {
        let tail = bytes.dropFirst(entryCount * ColumnEntry.byteCount)
        let (end, overflow) = entry.metadata.offset.addingReportingOverflow(UInt64(entry.metadata.length))
        guard !overflow, end <= UInt64(tail.count) else {
            throw .corrupt(at: offset, "inline metadata lies outside its directory block")
        }
        let start = tail.startIndex + Int(entry.metadata.offset)
        return tail[start..<start + Int(entry.metadata.length)]
    }
}
