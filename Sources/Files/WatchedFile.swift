/// A file that others write to, or put another in the place of, while it is read.
public protocol WatchedFile: AnyObject {
    var path: String { get }

    /// The length now.
    func measure() throws(FileError) -> Int

    /// Whether its path still leads to this file: it was neither renamed nor removed.
    func isAtItsPath() throws(FileError) -> Bool

    /// Appends bytes from `byteOffset` on to `output`, as many as are there now and fit, perhaps fewer.
    func readSome(at byteOffset: Int, into output: inout OutputSpan<UInt8>) throws(FileError)
}
