/// The contents of a file in memory, as they were when it was opened.
public final class MemoryFile: ReadableFile {
    public let path: String
    public let bytes: [UInt8]

    public init(_ bytes: [UInt8], path: String = "memory") {
        self.path = path
        self.bytes = bytes
    }

    public var byteCount: Int { bytes.count }

    public func readSome(at byteOffset: Int, into output: inout OutputSpan<UInt8>) throws(FileError) {
        output.append(of: bytes, from: byteOffset)
    }
}

/// Reads bytes in memory from front to back.
public final class MemoryStream: ByteStream {
    public let path: String
    private let bytes: [UInt8]
    private var position = 0

    public init(_ bytes: [UInt8], path: String = "memory") {
        self.path = path
        self.bytes = bytes
    }

    public func readSome(into output: inout OutputSpan<UInt8>) throws(FileError) {
        let before = output.count
        output.append(of: bytes, from: position)
        position += output.count - before
    }
}

extension OutputSpan<UInt8> {
    /// Appends what there is from `start` on, as far as there is room.
    mutating func append(of bytes: [UInt8], from start: Int) {
        guard start < bytes.count else { return }
        for index in start..<min(bytes.count, start + freeCapacity) { append(bytes[index]) }
    }
}
