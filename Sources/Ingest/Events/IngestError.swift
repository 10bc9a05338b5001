public import Files

/// Why reading events stopped.
public enum IngestError: Error, Equatable {
    /// One line is no event; reading can go on behind it.
    case line(LineError)
    case file(FileError)
    /// The format of the input at this path is none that is known.
    case unknownFormat(String)
}
