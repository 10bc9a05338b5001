public import Bytes

/// Why a segment could not be written or read.
public enum SegmentError: Error, Equatable {
    /// The file is not a segment, is damaged, or needs a later reader; the offset is the file's.
    case damaged(DecodeError)
    /// The operating system failed; the text names the operation and the file.
    case io(String)
    /// What the caller asked for cannot be done; the text says what to do instead.
    case invalid(String)
}
