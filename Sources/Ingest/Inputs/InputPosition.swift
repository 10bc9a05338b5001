public import Bytes

/// A place in an input at which reading can begin anew, as it would have gone on.
public struct InputPosition: Equatable, Sendable {
    /// Bytes of the decompressed input to skip.
    public var byteOffset = 0
    /// The number of the line at that offset, from 1.
    public var lineNumber = 1
    /// What the format must know of the bytes before, such as the header line of CSV.
    public var state: [UInt8] = []
    /// Events and bad records behind the offset that were handed out already.
    public var passedCount = 0

    public static let start = InputPosition()

    public init() {}

    /// For keeping; `init(encoded:)` reads it.
    public var encoded: [UInt8] {
        var writer = ByteWriter()
        writer.append(varint: byteOffset)
        writer.append(varint: lineNumber)
        writer.append(varint: passedCount)
        writer.append(contentsOf: state)
        return writer.bytes
    }

    public init(encoded bytes: [UInt8]) throws(DecodeError) {
        var reader = ByteReader(bytes)
        byteOffset = try reader.readCount(upTo: .max, "byte offset")
        lineNumber = try reader.readCount(upTo: .max, "line number")
        passedCount = try reader.readCount(upTo: .max, "number of passed records")
        state = Array(try reader.readSlice(byteCount: reader.remainingByteCount))
    }
}
