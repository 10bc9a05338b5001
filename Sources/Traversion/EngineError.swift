public import Storage
public import TimeQL

/// Why an engine did not do what it was asked to.
public enum EngineError: Error, Sendable {
    /// The statement is to blame; the second is its text.
    case query(QueryError, statement: String)
    /// The store is, or the operating system.
    case store(StoreError)
    /// A setting is, which the text names.
    case invalid(String)
    /// Whoever asked wants no answer any more.
    case cancelled
    /// Events cannot be appended by an engine that was opened to read.
    case notOpenForAppends
}

extension EngineError: CustomStringConvertible {
    /// What people should read; of a statement with the line, and a caret under what is meant.
    public var description: String {
        switch self {
        case .query(let error, let statement): error.report(in: statement)
        case .store(let error): "\(error)"
        case .invalid(let text): text
        case .cancelled: "cancelled"
        case .notOpenForAppends: "the store was opened to be read"
        }
    }
}
