public import Execution
public import Ingest
public import Storage
public import TimeQL

/// What became of a batch of appended events.
public typealias Acknowledgement = Ingest.Acknowledgement
/// Rows of values under names.
public typealias AnswerTable = Execution.AnswerTable
/// What is wrong with a statement, and where.
public typealias QueryError = TimeQL.QueryError
/// What is wrong with a store.
public typealias StoreError = Storage.StoreError
