/// What a background job did.
public struct JobReport: Equatable, Sendable {
    public var mergeCount = 0
    public var inputCount = 0
    public var outputCount = 0
    public var rowCount = 0
    public var readByteCount = 0
    public var writtenByteCount = 0
    /// Merges that were given up because another process had changed their inputs.
    public var conflictCount = 0
    /// Segments, and rows of segments that stay, that were removed for good.
    public var droppedSegmentCount = 0
    public var droppedRowCount = 0
    public var removedFileCount = 0
    public var indexCount = 0
    public var indexByteCount = 0
    public var keyframeCount = 0
    public var keyframeByteCount = 0
    /// Segments whose changes of state were not in keyframes before.
    public var checkpointedCount = 0
    /// Events of which the state that they had set is kept.
    public var keptStateCount = 0

    public var didNothing: Bool { self == JobReport() }

    mutating func add(_ merge: SegmentMerge, _ outputs: [SegmentEntry]?) {
        guard let outputs else {
            conflictCount += 1
            return
        }
        mergeCount += 1
        inputCount += merge.inputs.count
        outputCount += outputs.count
        let before = merge.inputs.reduce(0) { $0 + $1.rowCount }
        let after = outputs.reduce(0) { $0 + $1.rowCount }
        rowCount += after
        droppedRowCount += before - after
        readByteCount += merge.inputs.reduce(0) { $0 + $1.byteCount }
        writtenByteCount += outputs.reduce(0) { $0 + $1.byteCount }
    }
}
