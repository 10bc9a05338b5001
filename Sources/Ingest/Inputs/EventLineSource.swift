public import Files

/// Gives batches of JSON lines, one event each, with the places in the input that they came from.
///
/// Everything is asked once for each batch, or when a line is bad; never for each event.
public protocol EventLineSource: AnyObject {
    /// The name of the input.
    var path: String { get }

    /// Whether the input may grow: a record that is not ended stays, and after the end the next call looks again.
    var isGrowing: Bool { get set }

    /// Whether the batch is the end of the input and that is no line feed: the record may have been cut.
    var isUnfinished: Bool { get }

    /// Reads the next batch; false at the end of the input. `lineCount` is the number of lines that the batch before
    /// it was found to have.
    func readNext(afterLineCount lineCount: Int) throws(FileError) -> Bool

    /// The lines of the batch, with the padding that the JSON indexer wants behind them. Good until the next batch.
    var lines: UnsafeBufferPointer<UInt8> { get }

    /// The records of the batch that are no events and have no line, in order.
    var faults: [RecordFault] { get }

    /// Where the batch begins: everything before has been handed out. After the last batch, the end of the input.
    var position: InputPosition { get }

    /// The place in the input of byte `offset` of the batch, which is in line `index`.
    func origin(ofLine index: Int, at offset: Int) -> RecordOrigin

    /// The bytes of the input that became the line, which begins at `offset`. Good until the next batch.
    func record(ofLine index: Int, at offset: Int) -> UnsafeBufferPointer<UInt8>

    func origin(of fault: RecordFault) -> RecordOrigin

    /// The bytes of the input that became no line, or the first of them when they are too many.
    func record(of fault: RecordFault) -> UnsafeBufferPointer<UInt8>
}
