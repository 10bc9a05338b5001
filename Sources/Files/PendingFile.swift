/// A file that is being written under a temporary name and appears under its own name whole, or never.
///
///     let file = try PendingFile("events.trvseg", in: fileSystem)
///     try file.append(bytes)
///     try file.publish()
///
/// One that is let go without ``publish()`` is removed. After a failure it only throws that failure again.
public final class PendingFile {
    public let path: String
    /// The bytes appended so far, which is the offset of the next one.
    public private(set) var byteCount = 0

    private let fileSystem: any FileSystem
    private let file: any WritableFile
    private var failure: FileError?
    private var isRenamed = false

    /// Starts a file that will replace whatever then stands at `path`; a private one is for its owner alone.
    public init(_ path: String, in fileSystem: any FileSystem, isPrivate: Bool = false) throws(FileError) {
        self.path = path
        self.fileSystem = fileSystem
        self.file = try Self.create(beside: path, in: fileSystem, isPrivate)
    }

    public func append(_ bytes: RawSpan) throws(FileError) {
        try attempt { () throws(FileError) in try file.append(bytes) }
        byteCount += bytes.byteCount
    }

    public func append(_ bytes: [UInt8]) throws(FileError) { try append(unsafe bytes.span.bytes) }

    /// Opens what was appended so far, to be checked before it is published.
    public func open() throws(FileError) -> any ReadableFile { try fileSystem.open(file.path) }

    /// Makes the bytes durable, gives the file its name and makes that durable too.
    ///
    /// When only the last step fails the file has its name already but may lose it when the machine stops.
    public func publish() throws(FileError) {
        precondition(!isRenamed, "a pending file is published once")
        try attempt { () throws(FileError) in
            try file.sync()
            try fileSystem.rename(file.path, to: path)
            isRenamed = true
            try fileSystem.syncDirectory(directory(of: path))
        }
    }

    /// Like ``publish()``, but false, and nothing done, when another file has the name already.
    public func publishIfAbsent() throws(FileError) -> Bool {
        precondition(!isRenamed, "a pending file is published once")
        var isFirst = true
        try attempt { () throws(FileError) in
            try file.sync()
            do throws(FileError) {
                try fileSystem.link(file.path, to: path)
            } catch {
                guard error.kind == .exists else { throw error }
                isFirst = false
                return
            }
            try fileSystem.syncDirectory(directory(of: path))
        }
        return isFirst
    }

    deinit {
        // Nobody is left to tell; a leftover is harmless and its name says what it is.
        if !isRenamed { try? fileSystem.remove(file.path) }
    }

    private func attempt(_ step: () throws(FileError) -> Void) throws(FileError) {
        if let failure { throw failure }
        do {
            try step()
        } catch {
            failure = error
            throw error
        }
    }

    /// A new file in the same directory, since a rename does not cross file systems; leftovers of others are passed by.
    private static func create(
        beside path: String, in fileSystem: any FileSystem, _ isPrivate: Bool
    ) throws(FileError) -> any WritableFile {
        var number = 0
        while true {
            do {
                let name = "\(path).\(number).part"
                return try isPrivate ? fileSystem.createPrivate(name) : fileSystem.create(name)
            } catch {
                guard error.kind == .exists, number < 1000 else { throw error }
                number += 1
            }
        }
    }
}
