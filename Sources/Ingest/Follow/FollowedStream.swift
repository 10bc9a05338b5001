import Files

/// A file that grows, from front to back: at its end it gives nothing, and later more.
final class FollowedStream: ByteStream {
    /// Bytes that tell whether the file is still the one that was read.
    private static let rememberedByteCount = 1024

    let file: any WatchedFile
    private(set) var byteOffset = 0
    /// The last bytes that were read.
    private var last: [UInt8] = []
    /// Gives nothing any more, whatever the file has become.
    var isEnded = false

    init(_ file: any WatchedFile) { self.file = file }

    var path: String { file.path }

    func readSome(into output: inout OutputSpan<UInt8>) throws(FileError) {
        guard !isEnded else { return }
        let before = output.count
        try file.readSome(at: byteOffset, into: &output)
        byteOffset += output.count - before
        unsafe output.span.extracting(droppingFirst: max(before, output.count - Self.rememberedByteCount))
            .withUnsafeBytes { bytes in unsafe last.append(contentsOf: bytes) }
        last.removeFirst(max(0, last.count - Self.rememberedByteCount))
    }

    /// What the file has become since it was read.
    enum Change {
        case none
        case grown
        /// It was cut, or written anew: what stands behind the bytes that were read does not belong to them.
        case replaced
    }

    func change() throws(FileError) -> Change {
        let byteCount = try file.measure()
        if byteCount == byteOffset { return .none }
        guard byteCount > byteOffset else { return .replaced }
        let found = try [UInt8](capacity: last.count) { (output) throws(FileError) in
            while output.count < last.count {
                let before = output.count
                try file.readSome(at: byteOffset - last.count + before, into: &output)
                if output.count == before { break }
            }
        }
        return found == last ? .grown : .replaced
    }
}
