/// Something that is read once, from front to back.
public protocol ByteStream: AnyObject {
    var path: String { get }

    /// Appends the next bytes to `output`, at most what it has room for and perhaps fewer; none at the end.
    func readSome(into output: inout OutputSpan<UInt8>) throws(FileError)
}

extension ByteStream {
    /// The next `byteCount` bytes; fewer only when the stream ends there.
    public func read(upTo byteCount: Int) throws(FileError) -> [UInt8] {
        try [UInt8](capacity: byteCount) { (output) throws(FileError) in
            while output.count < byteCount {
                let before = output.count
                try readSome(into: &output)
                if output.count == before { break }
            }
        }
    }
}
