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
    }

    func pathHash(_ index: Int) -> UInt64 {
        let start = bytes.startIndex + index * ColumnEntry.byteCount
        var value: UInt64 = 0
        for byte in bytes[start..<start + 8].reversed() { value = value << 8 | UInt64(byte) }
        return value
    }

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
