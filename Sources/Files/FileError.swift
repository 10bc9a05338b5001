import Glibc

/// What the operating system, or a double of it, refused to do.
///
/// The kind is API; the number and the description are for people.
public struct FileError: Error, Equatable, Sendable {
    public enum Operation: String, Sendable, CaseIterable {
        case open, create, read, write, sync, rename, remove, list, measure, link, lock
        case createDirectory = "make the directory"
        case removeDirectory = "remove the directory"
        case syncDirectory = "sync the directory"
    }

    public enum Kind: Sendable {
        case notFound
        case exists
        case permission
        case noSpace
        /// A directory where a file was meant, or the other way round.
        case wrongType
        /// The file ends before the bytes that were asked for.
        case endOfFile
        /// The contents are not what they should be.
        case damaged
        case io
        case other
    }

    public var operation: Operation
    public var path: String
    public var kind: Kind
    /// The system's number of the error, 0 when it did not come from the system.
    public var errorNumber: Int32
    /// What is damaged, and where.
    public var detail = ""

    public init(_ operation: Operation, _ path: String, errorNumber: Int32) {
        self.operation = operation
        self.path = path
        self.errorNumber = errorNumber
        self.kind = Self.kind(errorNumber)
    }

    /// The error of a read that goes past the end of the file.
    public static func endOfFile(_ path: String) -> FileError {
        var error = FileError(.read, path, errorNumber: 0)
        error.kind = .endOfFile
        return error
    }

    /// The error of contents that cannot be read; `detail` tells what is wrong and where.
    public static func damaged(_ path: String, _ detail: String) -> FileError {
        var error = FileError(.read, path, errorNumber: 0)
        error.kind = .damaged
        error.detail = detail
        return error
    }

    private static func kind(_ errorNumber: Int32) -> Kind {
        switch errorNumber {
        case ENOENT: .notFound
        case EEXIST: .exists
        case EACCES, EPERM, EROFS: .permission
        case ENOSPC, EDQUOT, EFBIG: .noSpace
        case EISDIR, ENOTDIR, ESPIPE: .wrongType
        case EIO: .io
        default: .other
        }
    }
}

extension FileError: CustomStringConvertible {
    public var description: String {
        let reason =
            switch errorNumber {
            case _ where kind == .endOfFile: "the file ends too early"
            case _ where kind == .damaged: detail
            case ESPIPE: "it is a pipe or a device"
            default: unsafe String(cString: strerror(errorNumber))
            }
        return "cannot \(operation.rawValue) \(path): \(reason)"
    }
}
