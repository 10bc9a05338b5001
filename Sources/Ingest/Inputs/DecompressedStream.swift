import Bytes
public import Files

/// The contents of a compressed stream.
///
/// What stands before damage is given first; then comes an error that names the byte of the compressed stream.
@safe
public final class DecompressedStream: ByteStream {
    private let stream: any ByteStream
    private let decoder: any StreamDecoder
    private let buffer: UnsafeMutableBufferPointer<UInt8>
    private var filled = 0
    private var position = 0
    private var isAtEnd = false
    private var fault: FileError?
    /// Bytes of the compressed stream that were used up.
    public private(set) var compressedByteOffset = 0

    public init(_ stream: any ByteStream, _ compression: Compression) {
        self.stream = stream
        decoder = compression.decoder
        unsafe buffer = .allocate(capacity: 128 << 10)
        unsafe buffer.initialize(repeating: 0)
    }

    deinit { unsafe buffer.deallocate() }

    public var path: String { stream.path }

    public func readSome(into output: inout OutputSpan<UInt8>) throws(FileError) {
        guard output.freeCapacity > 0 else { return }
        while true {
            if let fault { throw fault }
            if position == filled, !isAtEnd { try fill() }
            if position == filled, decoder.isBetweenFrames { return }
            // A decoder may still have bytes for us when its input has ended.
            let before = position
            if decode(&output) > 0 { return }
            if position == before, fault == nil { fault = damaged("the compressed data end too early") }
        }
    }

    private func decode(_ output: inout OutputSpan<UInt8>) -> Int {
        unsafe output.withUnsafeMutableBufferPointer { (target, count) in
            let free = unsafe UnsafeMutableBufferPointer(rebasing: target[count...])
            let step = unsafe decoder.decode(UnsafeBufferPointer(rebasing: buffer[position..<filled]), into: free)
            position += step.readByteCount
            compressedByteOffset += step.readByteCount
            count += step.writtenByteCount
            if let reason = step.fault { fault = damaged(reason) }
            return step.writtenByteCount
        }
    }

    private func damaged(_ reason: String) -> FileError {
        .damaged(path, "byte \(compressedByteOffset) of the compressed file: \(reason)")
    }

    private func fill() throws(FileError) {
        var output = unsafe OutputSpan(buffer: buffer, initializedCount: 0)
        try stream.readSome(into: &output)
        filled = unsafe output.finalize(for: buffer)
        position = 0
        isAtEnd = filled == 0
    }
}
