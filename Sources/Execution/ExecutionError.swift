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
}
