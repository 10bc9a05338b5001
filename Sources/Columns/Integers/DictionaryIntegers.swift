internal import Bytes

/// Codes into a table of distinct values.
extension IntegerNode {
    static func decodeCodes(
        _ codes: IntegerNode, entries: [UInt64], into output: UnsafeMutableBufferPointer<UInt64>,
        rows: RowMap, in environment: any PageEnvironment
    ) throws(DecodeError) {
        try unsafe codes.decode(into: output, rows: rows, in: environment)
        let entryCount = UInt64(entries.count)
        for index in output.indices {
            let code = unsafe output[index]
            guard code < entryCount else { throw .corrupt(at: 0, "code \(code) of \(entryCount) entries") }
            unsafe output[index] = entries[Int(code)]
        }
    }
}
