import Bytes

/// The header line of CSV or TSV: the names of the cells.
struct DelimitedHeader {
    /// For each cell `"name":` as JSON.
    let keys: [[UInt8]]

    /// The names of cells. A name that was there before gets a number behind it, a missing one is named by its place.
    init(names: [[UInt8]]) {
        var taken: Set<[UInt8]> = []
        keys = names.enumerated().map { index, cell in
            let name = cell.isEmpty ? Array("column_\(index + 1)".utf8) : cell
            var unique = name
            var number = 2
            while !taken.insert(unique).inserted {
                unique = name + Array("_\(number)".utf8)
                number += 1
            }
            return JSONText.quoted(unique) + [Byte.colon]
        }
    }
}
