import Bytes
import Columns

@testable import Segments

/// A segment taken apart, so that a part can be changed and the file put together again with all its lengths, places
/// and checksums right: random changes alone would never get past the checksums.
struct SegmentParts {
    struct Page {
        var entry: PageEntry
        var bytes: [UInt8]
        var isInline: Bool
    }

    struct Column {
        var entry: ColumnEntry
        var pages: [Page]
        var statistics: [UInt8]
        /// In place of what pages and statistics make.
        var metadata: [UInt8]?
    }

    var root: Root
    var zoneTable: [UInt8]
    var pathHeap: [UInt8]
    var ordinalIndex: [UInt8]
    /// In the order of the directory, by block.
    var blocks: [(firstPathHash: UInt64, columns: [Column])]
    var filters: [(kind: UInt32, bytes: [UInt8])]

    init(_ file: [UInt8]) throws {
        let reader = try SegmentReader(MemorySource(file))
        root = reader.root
        zoneTable = Array(try reader.bytes(of: root.zoneTable, "zone table"))
        pathHeap = Array(try reader.unpacked(root.pathHeap, "path heap"))
        ordinalIndex = Array(try reader.bytes(of: root.ordinalIndex, "ordinal index"))
        filters = try root.filters.map { ($0.kind, Array(try reader.bytes(of: $0.blob, "id filter"))) }
        blocks = []
        for (index, reference) in root.directoryBlocks.enumerated() {
            let count = min(ColumnEntry.countPerBlock, root.columnCount - index * ColumnEntry.countPerBlock)
            let block = try DirectoryBlock(
                try reader.unpacked(reference.blob, "directory block"), entryCount: count, at: 0)
            let columns = try (0..<count).map { place in
                let entry = try block.entry(place, columnCount: root.columnCount)
                let bytes =
                    entry.isInline
                    ? try block.inlineMetadata(of: entry) : try reader.bytes(of: entry.metadata, "metadata of a column")
                let metadata = try ColumnMetadata(
                    parsing: bytes, type: entry.type, zones: reader.zones, at: 0)
                let pages = try metadata.pages.map { page in
                    var isInline = false
                    if case .inline = page.place { isInline = true }
                    return Page(entry: page, bytes: Array(try reader.bytes(of: page, "page")), isInline: isInline)
                }
                return Column(entry: entry, pages: pages, statistics: Array(metadata.statistics))
            }
            blocks.append((reference.firstPathHash, columns))
        }
    }

    /// The file.
    var bytes: [UInt8] {
        var file = ByteWriter()
        func put(_ bytes: [UInt8]) -> BlobReference {
            guard !bytes.isEmpty else { return .none }
            let offset = UInt64(file.byteCount)
            file.append(contentsOf: bytes)
            return BlobReference(offset: offset, length: UInt32(bytes.count), checksum: checksum(bytes))
        }
        func buffer(_ bytes: [UInt8]) -> [UInt8] {
            var buffer = ByteWriter()
            StoredBuffer(raw: bytes).write(to: &buffer)
            return buffer.bytes
        }
        file.append(contentsOf: Trailer.header)
        var root = root
        root.directoryBlocks = blocks.map { block in
            var entries = ByteWriter()
            var tail = ByteWriter()
            for column in block.columns {
                var entry = column.entry
                let metadata = column.metadata ?? column.encodedMetadata(put)
                if entry.isInline {
                    entry.metadata = BlobReference(
                        offset: UInt64(tail.byteCount), length: UInt32(metadata.count), checksum: 0)
                    tail.append(contentsOf: metadata)
                } else {
                    entry.metadata = put(metadata)
                }
                entry.write(to: &entries)
            }
            return Root.DirectoryBlock(
                firstPathHash: block.firstPathHash, blob: put(buffer(entries.bytes + tail.bytes)))
        }
        root.zoneTable = put(zoneTable)
        root.pathHeap = put(buffer(pathHeap))
        root.ordinalIndex = put(ordinalIndex)
        root.filters = filters.map { Root.Filter(kind: $0.kind, blob: put($0.bytes)) }
        let rootReference = put(root.encoded())
        file.append(
            contentsOf: Trailer(root: rootReference, fileByteCount: UInt64(file.byteCount + Trailer.byteCount))
                .encoded())
        return file.bytes
    }
}

extension SegmentParts.Column {
    fileprivate func encodedMetadata(_ put: ([UInt8]) -> BlobReference) -> [UInt8] {
        let entries = pages.map { page in
            var entry = page.entry
            entry.place = page.isInline ? .inline(page.bytes[...], at: 0) : .stored(put(page.bytes))
            return entry
        }
        return ColumnMetadata(pages: entries, statistics: statistics).encoded()
    }
}
