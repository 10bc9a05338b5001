import Files
import Testing

struct InputBytesTests {
    /// Lengths around the edges of pages, where a mapping has no room of its own for the padding.
    static let lengths = [0, 1, 63, 64, 4031, 4032, 4033, 4095, 4096, 4097, 8192, 70_000]

    @Test(arguments: lengths)
    func `an input is the file's bytes and then zeros, mapped or read`(_ length: Int) throws {
        let directory = TemporaryDirectory()
        let bytes = (0..<length).map { UInt8(truncatingIfNeeded: $0 &* 31 &+ 1) }
        let path = "\(directory.path)/input"
        let file = try PendingFile(path, in: LocalFileSystem())
        try file.append(bytes)
        try file.publish()

        let memory = MemoryFileSystem()
        memory.put(bytes, at: path)
        for input in [try LocalFileSystem().input(path), try memory.input(path)] {
            #expect(input.byteCount == length)
            #expect(contents(input) == bytes)
            #expect(contents(input, padded: true) == bytes + [UInt8](repeating: 0, count: InputBytes.paddingByteCount))
        }
    }

    @Test func `a stream longer than one piece is read whole`() throws {
        let bytes = (0..<3_500_000).map { UInt8(truncatingIfNeeded: $0 / 1000) }
        #expect(contents(try InputBytes(MemoryStream(bytes))) == bytes)
    }

    @Test func `a stream that fails gives its error`() throws {
        let memory = MemoryFileSystem()
        memory.put([UInt8](repeating: 1, count: 100), at: "a")
        let faulty = FaultyFileSystem(memory, faults: Faults(failing: 3..<4, largestTransfer: 10))
        #expect(throws: FileError(.read, "a", errorNumber: 5)) { try faulty.input("a") }
    }
}

/// A copy of the bytes; outside of the macros, which the compiler does not bear together with spans.
func contents(_ input: InputBytes, padded: Bool = false) -> [UInt8] {
    let span = padded ? input.paddedBytes : input.bytes
    return span.withUnsafeBytes { Array($0) }
}
