import Bytes

@testable import Columns

/// Holds what a node says of its own bytes against the bytes that it was read from.
///
/// - Parameters:
///   - input: what began with the node.
///   - reader: stands behind the node.
func requireSameBytes(
    _ input: ArraySlice<UInt8>, _ reader: ByteReader, byteCount: Int?, outline: NodeOutline,
    write: (inout ByteWriter) -> Void
) {
    var writer = ByteWriter()
    write(&writer)
    require(writer.byteCount == input.count - reader.remainingByteCount, "a node is written in another length")
    require(input.prefix(writer.byteCount) == writer.bytes[...], "a node is written otherwise than it was read")
    require(byteCount ?? writer.byteCount == writer.byteCount, "a node's length is told wrongly")
    require(outline.storedByteCount == writer.byteCount, "an outline has another length than its node")
}

extension NodeDescriber {
    /// Shows everything.
    static var full: NodeDescriber {
        NodeDescriber(showsFigures: true, columnName: { "column \($0)" }, entryCount: { $0 })
    }
}
