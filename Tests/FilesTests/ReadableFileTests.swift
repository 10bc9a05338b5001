import Files
import Testing

struct ReadableFileTests {
    @Test(arguments: [(-1, 1), (0, -1), (0, 11), (10, 1), (11, 0), (5, Int.max), (Int.max, Int.max), (Int.min, 3)])
    func `a range that is not inside the file is an error before anything is allocated`(
        _ byteOffset: Int, _ byteCount: Int
    ) throws {
        let file = MemoryFile([UInt8](0..<10), path: "a")
        #expect(throws: FileError.endOfFile("a")) { try file.read(at: byteOffset, byteCount: byteCount) }
    }

    @Test func `every range inside the file reads`() throws {
        let bytes = [UInt8](0..<10)
        let file = FaultyReadableFile(MemoryFile(bytes), faults: Faults(largestTransfer: 3))
        for start in 0...10 {
            for end in start...10 {
                #expect(try file.read(at: start, byteCount: end - start) == Array(bytes[start..<end]))
            }
        }
    }

    @Test func `a failed read throws and gives no bytes`() throws {
        let file = FaultyReadableFile(
            MemoryFile([UInt8](0..<10), path: "a"), faults: Faults(failing: 1..<2, largestTransfer: 4))
        #expect(throws: FileError(.read, "a", errorNumber: 5)) { try file.read(at: 0, byteCount: 10) }
        #expect(try file.read(at: 0, byteCount: 10) == Array(0..<10))
    }
}
