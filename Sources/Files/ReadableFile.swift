/// A file that is open for reading at any place, from several threads at once.
public protocol ReadableFile: AnyObject, Sendable {
    var path: String { get }
    /// The length when the file was opened.
    var byteCount: Int { get }

    /// Appends bytes from `byteOffset` on to `output`, at most what it has room for and perhaps fewer; none at the end.
    func readSome(at byteOffset: Int, into output: inout OutputSpan<UInt8>) throws(FileError)
}

extension ReadableFile {
    /// Exactly `byteCount` bytes. Nothing is allocated for a range that is not inside the file.
    public func read(at byteOffset: Int, byteCount: Int) throws(FileError) -> [UInt8] {
        guard byteOffset >= 0, byteCount >= 0, byteOffset <= self.byteCount,
            byteCount <= self.byteCount - byteOffset
        else { throw .endOfFile(path) }
        return try [UInt8](capacity: byteCount) { (output) throws(FileError) in
            while output.count < byteCount {
                let before = output.count
                try readSome(at: byteOffset + before, into: &output)
                // Somebody has cut the file since it was opened.
                guard output.count > before else { throw .endOfFile(path) }
            }
        }
    }
}
