import Files

/// A stream over bytes in memory that gives out few at a time.
final class FuzzStream: ByteStream {
    let path = "events.ndjson"
    private var rest: ArraySlice<UInt8>
    private let chunkByteCount: Int

    init(_ bytes: [UInt8], chunkByteCount: Int) {
        rest = bytes[...]
        self.chunkByteCount = chunkByteCount
    }

    func readSome(into output: inout OutputSpan<UInt8>) throws(FileError) {
        let chunk = rest.prefix(min(output.freeCapacity, chunkByteCount))
        for byte in chunk { output.append(byte) }
        rest = rest.dropFirst(chunk.count)
    }
}
