import Files

/// A stream whose first bytes can be looked at before they are read.
final class PeekedStream: ByteStream {
    private let stream: any ByteStream
    private var head: [UInt8] = []
    private var position = 0
    private var isAtEnd = false
    /// What went wrong behind the bytes that were looked at.
    private var fault: FileError?

    init(_ stream: any ByteStream) { self.stream = stream }

    var path: String { stream.path }

    /// The first bytes that were not read yet; fewer only when the stream ends there, or fails.
    func peek(_ byteCount: Int) -> [UInt8] {
        while head.count - position < byteCount, !isAtEnd, fault == nil {
            do {
                try readMore(byteCount - (head.count - position))
            } catch {
                fault = error
            }
        }
        return Array(head[position..<min(position + byteCount, head.count)])
    }

    private func readMore(_ byteCount: Int) throws(FileError) {
        let more = try [UInt8](capacity: byteCount) { (output) throws(FileError) in
            try stream.readSome(into: &output)
        }
        head += more
        isAtEnd = more.isEmpty
    }

    func readSome(into output: inout OutputSpan<UInt8>) throws(FileError) {
        guard position < head.count else {
            if let fault { throw fault }
            return try stream.readSome(into: &output)
        }
        let count = min(output.freeCapacity, head.count - position)
        for index in position..<position + count { output.append(head[index]) }
        position += count
        if position == head.count {
            head = []
            position = 0
        }
    }

    /// Passes bytes over; the stream ending before is an error.
    func skip(_ byteCount: Int) throws(FileError) {
        var remaining = byteCount
        while remaining > 0 {
            let bytes = try read(upTo: min(remaining, 1 << 18))
            guard !bytes.isEmpty else { throw .endOfFile(path) }
            remaining -= bytes.count
        }
    }
}
