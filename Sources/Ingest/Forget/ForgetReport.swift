public import Storage

/// What a run of `forget` did, or would do.
public struct ForgetReport: Equatable, Sendable {
    public var rowCount = 0
    public var segmentCount = 0
    /// Segments that were looked into.
    public var examinedCount = 0
    public var rejectCount = 0
    /// Inputs whose name was forgotten.
    public var sourceCount = 0
    /// Events in log files; only of a run that changes nothing, since others put logs into segments first.
    public var logRowCount = 0
    public var readByteCount = 0
    public var writtenByteCount = 0
    public var removedFileCount = 0
    /// Fields that no segment has, by the condition's name, and those that end like it.
    public var unknownFields: [String: Set<String>] = [:]
    /// Fields that the kept state of removed events does not have, so that nothing of it was found by them.
    public var fieldsWithoutState: [String] = []
    /// Where what was forgotten may still be, and why.
    public var remaining: [StoreFault] = []

    public init() {}

    public var didNothing: Bool {
        rowCount == 0 && segmentCount == 0 && rejectCount == 0 && logRowCount == 0 && sourceCount == 0
            && removedFileCount == 0
    }
}
