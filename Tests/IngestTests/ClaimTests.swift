import Bytes
import Testing

@testable import Segments

/// What a file claims costs nothing before it is checked.
@Suite struct ClaimTests {
    /// A file of any length that is nothing but zeros before its last bytes, and that counts what is read of it.
    private final class ClaimingSource: SegmentSource {
        let byteCount: Int
        private let end: [UInt8]
        private(set) var readByteCount = 0

        init(byteCount: Int, end: [UInt8]) {
            self.byteCount = byteCount
            self.end = end
        }

        func read(at offset: Int, byteCount count: Int) throws(SegmentError) -> [UInt8] {
            readByteCount += count
            return (offset..<offset + count).map { place in
                let index = place - (byteCount - end.count)
                return index < 0 ? 0 : end[index]
            }
        }
    }

    static let names = [
        "rows-2-to-40", "zones-many", "columns-many", "root-of-4-gib", "root-beyond-end", "path-heap-beyond-end",
    ]

    @Test("a trailer or root that claims petabytes is refused by one read of the file's end", arguments: names)
    func claims(name: String) throws {
        let bytes = try #require(CorruptSegment.all.first { $0.name == name }).make()
        let source = ClaimingSource(byteCount: bytes.count, end: bytes)
        #expect(throws: SegmentError.self) {
            let reader = try SegmentReader(source)
            for column in try reader.allColumns() { _ = try column.pages() }
        }
        #expect(source.readByteCount <= 65_536)
    }

    @Test("a file that is petabytes long is refused by its trailer, its root or its zone table")
    func petabytes() throws {
        let byteCount = 4 << 50
        func trailer(_ root: BlobReference) -> [UInt8] {
            Trailer(root: root, fileByteCount: UInt64(byteCount)).encoded()
        }
        // More columns than it has directory blocks for; more zones than it has a zone table for.
        let roots = [(zoneCount: 0, columnCount: 1 << 20), (zoneCount: 1 << 21, columnCount: 0)].map { claim in
            Root(
                rowCount: Int(Int32.max), zoneCount: claim.zoneCount, columnCount: claim.columnCount, tier: .hot,
                zoneTable: .none, pathHeap: .none, ordinalIndex: .none, directoryBlocks: [], filters: [],
                writer: "claims"
            ).encoded()
        }
        var files = [
            [UInt8](repeating: 0, count: 100), trailer(BlobReference(offset: 16, length: .max, checksum: 1)),
            trailer(BlobReference(offset: 1 << 60, length: 100, checksum: 1)),
        ]
        for root in roots {
            let offset = UInt64(byteCount - Trailer.byteCount - root.count)
            files.append(
                root + trailer(BlobReference(offset: offset, length: UInt32(root.count), checksum: checksum(root))))
        }
        for end in files {
            let source = ClaimingSource(byteCount: byteCount, end: end)
            #expect(throws: SegmentError.self) { try SegmentReader(source) }
            #expect(source.readByteCount <= 65_536)
        }
    }

    @Test("a page that claims more than it holds, or more than a page may hold, is refused")
    func pages() throws {
        for damaged in CorruptSegment.claims {
            let bytes = try damaged.make()
            #expect(throws: SegmentError.self, "\(damaged)") { try GoldenTests.render(bytes) }
        }
    }
}
