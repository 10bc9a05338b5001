/// A place in an input, after decompression.
public struct RecordOrigin: Equatable, Sendable {
    /// From 1.
    public var lineNumber: Int
    public var byteOffset: Int

    public init(lineNumber: Int, byteOffset: Int) {
        self.lineNumber = lineNumber
        self.byteOffset = byteOffset
    }
}
