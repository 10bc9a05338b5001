internal import Bytes

/// Strings compressed one by one with a table of symbols.
extension StringNode {
    static func decodeSymbols(
        _ reference: SymbolTableReference, encodedLengths: IntegerNode, decodedByteCount: Int, encoded: StoredBuffer,
        count: Int, in environment: any PageEnvironment
    ) throws(DecodeError) -> StringVector {
        let table: SymbolTable
        switch reference {
        case .resource(let resource): table = try environment.symbolTable(resource)
        case .inline(let inline): table = inline
        }
        let lengths = try encodedLengths.decode(count: count, rows: .unknown, in: environment)
        try environment.charge(strings: count, byteCount: decodedByteCount)
        let strings = try table.decode(
            encodedLengths: lengths, encoded: encoded.raw(in: environment), decodedByteCount: decodedByteCount)
        guard strings.longest <= Limits.valueByteCount else { throw .limit(at: 0, "a string is too long") }
        return strings
    }
}
