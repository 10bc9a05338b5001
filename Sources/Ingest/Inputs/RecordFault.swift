/// A record of the input that became no line of its batch.
public struct RecordFault: Equatable, Sendable {
    public var reason: LineError.Reason
    /// Comes before this line of the batch.
    public var lineIndex: Int
    /// Where the record stands in the source's window of the input.
    var range: Range<Int>

    init(_ reason: LineError.Reason, before lineIndex: Int, _ range: Range<Int>) {
        self.reason = reason
        self.lineIndex = lineIndex
        self.range = range
    }
}
