internal import Bytes

/// Strings compressed one by one with a table of symbols.
extension StringNode {
    static func decodeSymbols(
        _ reference: SymbolTableReference, encodedLengths: IntegerNode, decodedByteCount: Int, encoded: StoredBuffer,
        count: Int, in environment: any PageEnvironment
    ) throws(DecodeError) -> StringVector {
        let table = try reference.table(in: environment)
        let lengths = try encodedLengths.decode(count: count, rows: .unknown, in: environment)
        try environment.charge(strings: count, byteCount: decodedByteCount)
        let strings = try table.decode(
            encodedLengths: lengths, encoded: encoded.raw(in: environment), decodedByteCount: decodedByteCount)
        guard strings.longest <= Limits.valueByteCount else { throw .limit(at: 0, "a string is too long") }
        return strings
    }

    /// Which of the strings are wanted, found among the encoded ones.
    static func matchSymbols(
        _ reference: SymbolTableReference, encodedLengths: IntegerNode, encoded: StoredBuffer, _ wanted: [[UInt8]],
        count: Int, in environment: any PageEnvironment
    ) throws(DecodeError) -> Bitmap {
        let lengths = try encodedLengths.decode(count: count, rows: .unknown, in: environment)
        return try reference.table(in: environment).matches(
            anyOf: wanted, encodedLengths: lengths, encoded: encoded.raw(in: environment))
    }
}

extension StringNode.SymbolTableReference {
    func table(in environment: any PageEnvironment) throws(DecodeError) -> SymbolTable {
        switch self {
        case .resource(let resource): try environment.symbolTable(resource)
        case .inline(let table): table
        }
    }
}
