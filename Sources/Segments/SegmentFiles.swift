public import Files

/// A segment in a file.
public final class FileSource: SegmentSource {
    private let file: any ReadableFile

    public init(_ file: any ReadableFile) { self.file = file }

    public var byteCount: Int { file.byteCount }

    public func read(at offset: Int, byteCount: Int) throws(SegmentError) -> [UInt8] {
        do { return try file.read(at: offset, byteCount: byteCount) } catch { throw .io("\(error)") }
    }
}

/// Writes a segment into a file that appears when whoever made it publishes it.
public final class FileOutput: SegmentOutput {
    private let file: PendingFile

    public init(_ file: PendingFile) { self.file = file }

    public func append(_ bytes: [UInt8]) throws(SegmentError) {
        do { try file.append(bytes) } catch { throw .io("\(error)") }
    }
}
