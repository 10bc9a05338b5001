public import Storage
public import TimeQL

/// Why a query has no answer.
public enum ExecutionError: Error, Sendable {
    /// The query is to blame.
    case query(QueryError)
    /// The store is.
    case store(StoreError)
    /// Whoever asked wants no answer any more.
    case cancelled

    /// What bound and answered statements throw.
    init(_ error: any Error) {
        switch error {
        case let error as ExecutionError: self = error
        case let error as QueryError: self = .query(error)
        case StoreError.cancelled: self = .cancelled
        case let error as StoreError: self = .store(error)
        default: preconditionFailure("an error of another kind: \(error)")
        }
    }
}
