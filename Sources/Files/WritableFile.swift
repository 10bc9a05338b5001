/// A new file that grows at its end.
public protocol WritableFile: AnyObject {
    var path: String { get }

    /// Appends the first bytes, perhaps not all of them, and tells how many; at least one unless there are none.
    func appendSome(_ bytes: RawSpan) throws(FileError) -> Int

    /// Makes everything that was appended durable.
    ///
    /// When this fails, what is on disk is unknown and a second try may succeed without having written anything:
    /// give the file up.
    func sync() throws(FileError)

    /// Like ``sync()``, but only the bytes and what is needed to read them back, which is all that a log wants.
    func syncData() throws(FileError)
}

extension WritableFile {
    public func append(_ bytes: RawSpan) throws(FileError) {
        var done = 0
        while done < bytes.byteCount { done += try appendSome(bytes.extracting(droppingFirst: done)) }
    }

    public func append(_ bytes: [UInt8]) throws(FileError) { try append(unsafe bytes.span.bytes) }
}
