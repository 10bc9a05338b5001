import Files
import Testing

@testable import Segments

/// Segments that the fuzz drivers found to be read wrongly; `Tests/Fuzz/Corpus` keeps them.
@Suite struct FuzzFindingTests {
    @Test("a segment whose rows have no shape is refused, not read as one without rows")
    func rowsWithoutShape() throws {
        let path = GoldenFolder.path + "../../Tests/Fuzz/Corpus/segment/rows-without-shape"
        let source = MemorySource(try LocalFileSystem().readAll(path))
        #expect(throws: SegmentError.self) { try SegmentReader(source).batchRanges() }
        #expect(throws: SegmentError.self) { try SegmentReader(source).rows(in: 0..<1) }
    }
}
