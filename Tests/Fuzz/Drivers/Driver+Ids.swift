import Bytes

@testable import Columns

extension Driver {
    /// A node of ids out of any bytes.
    static let ids = Driver(name: "ids", summary: "fixed nodes: parse, write, decode") { input in
        let width = input.byte() % 2 == 0 ? 8 : 16
        let count = input.count()
        let rows = RowMap(input.byte(), count: count)
        var reader = ByteReader(input.rest)
        let node = try FixedNode.parse(&reader, count: count, width: width, depth: 0)
        requireSameBytes(
            input.rest, reader, byteCount: nil, outline: node.outline(count: count), write: node.write)
        _ = node.description(.full)
        let bytes = try node.decode(count: count, width: width, rows: rows, in: FuzzEnvironment(rowCount: count))
        require(bytes.count == count * width, "a node decodes to another number of ids")
    }
}
