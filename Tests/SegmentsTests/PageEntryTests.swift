import Bytes
import Testing

@testable import Segments

struct PageEntryTests {
    /// A stored page of 5 bytes as the table has it, so far from the end of the page before it.
    private func bytes(distance: Int64) -> [UInt8] {
        var writer = ByteWriter()
        writer.append(contentsOf: [1, 100, 0, 1, 0, 5])
        writer.append(zigzag: UInt64(bitPattern: distance))
        writer.append(littleEndian: UInt64(0))
        return writer.bytes
    }

    @Test(arguments: [(0, -1), (100, -101), (0, .min), (1, .max), (0, .max - 4)] as [(UInt64, Int64)])
    func `a page before the file or behind all files is refused`(_ last: UInt64, _ distance: Int64) {
        var end = last
        #expect(throws: DecodeError.self) {
            var reader = ByteReader(bytes(distance: distance))
            _ = try PageEntry(parsing: &reader, after: &end)
        }
    }

    @Test(arguments: [(100, -100), (0, 0), (0, .max - 5), (UInt64(Int64.max), -5)] as [(UInt64, Int64)])
    func `any other is written as it was read`(_ last: UInt64, _ distance: Int64) throws {
        var (readEnd, writtenEnd) = (last, last)
        var reader = ByteReader(bytes(distance: distance))
        let entry = try PageEntry(parsing: &reader, after: &readEnd)
        var writer = ByteWriter()
        entry.write(to: &writer, after: &writtenEnd)
        #expect(writer.bytes == bytes(distance: distance))
        #expect(readEnd == writtenEnd)
    }
}
