public import Bytes
public import Files
public import Segments

/// Why a store could not do what it was asked to.
public enum StoreError: Error, Equatable {
    /// The operating system failed.
    case file(FileError)
    /// A file of the store says what it must not say.
    case damaged(path: String, DecodeError)
    /// A segment could not be read or written.
    case segment(path: String, SegmentError)
    /// The directory holds no store.
    case notAStore(path: String)
    /// There is a store, or something else, already.
    case occupied(path: String)
    /// What the caller asked for cannot be done; the text says what to do instead.
    case invalid(String)
    /// Another process has changed what this one was about to change; nothing was done.
    case conflict(String)
    /// A write or a sync of the log has failed, so that nothing more can be promised; the text says since when and why.
    case readOnly(String)
    /// Whoever asked wants no answer any more.
    case cancelled
}

extension StoreError: CustomStringConvertible {
    public var description: String {
        switch self {
        case .file(let error): "\(error)"
        case .damaged(let path, let error): "\(path) is damaged: byte \(error.byteOffset): \(error.reason)"
        case .segment(let path, .damaged(let error)):
            "segment \(path) is damaged: byte \(error.byteOffset): \(error.reason)"
        case .segment(_, .io(let text)): text
        case .segment(let path, .invalid(let text)): "segment \(path): \(text)"
        case .notAStore(let path): "there is no store in \(path)"
        case .occupied(let path): "\(path) holds files already"
        case .invalid(let text), .conflict(let text), .readOnly(let text): text
        case .cancelled: "cancelled"
        }
    }
}

/// Runs file operations and reports what fails as a failure of the store.
func files<Value>(_ body: () throws(FileError) -> Value) throws(StoreError) -> Value {
    do { return try body() } catch { throw .file(error) }
}
