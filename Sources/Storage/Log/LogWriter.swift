import Files

/// Appends frames to a new log file. After a failure it only throws that failure again: what is on disk is unknown then.
public final class LogWriter {
    public let id: LogId
    private let storeId: UInt64
    private let file: any WritableFile
    public private(set) var byteCount: Int
    private var failure: FileError?

    /// Makes the file, durable with its name.
    public init(_ header: LogHeader, in store: Store) throws(StoreError) {
        id = header.id
        storeId = header.storeId
        let bytes = header.encoded
        byteCount = bytes.count
        file = try files { () throws(FileError) in
            try store.fileSystem.createDirectories(store.paths.logs)
            let file = try store.fileSystem.create(store.paths.log(header.id))
            try file.append(bytes)
            try file.sync()
            try store.fileSystem.syncDirectory(store.paths.logs)
            return file
        }
    }

    /// Appends a frame and makes it durable.
    public func append(_ frame: LogFrame) throws(StoreError) {
        if let failure { throw .file(failure) }
        let bytes = frame.encoded(seed: LogFrame.seed(id, storeId: storeId, byteOffset: byteCount))
        do {
            try file.append(bytes)
            try file.syncData()
        } catch {
            failure = error
            throw .file(error)
        }
        byteCount += bytes.count
    }
}
