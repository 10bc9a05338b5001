import Bytes

@testable import Columns

extension Driver {
    /// A symbol table out of any bytes, and strings under it and under one that was trained on them.
    static let symbols = Driver(
        name: "symbols", summary: "symbol tables: parse, encode, decode, search without decoding"
    ) { input in
        let usesTraining = input.byte() % 2 == 0
        var table = SymbolTable(symbols: StringVector())
        if !usesTraining {
            var reader = ByteReader(input.rest)
            table = try SymbolTable.parse(&reader)
            var writer = ByteWriter()
            table.write(to: &writer)
            require(writer.bytes[...] == input.rest.prefix(writer.byteCount), "a symbol table is written otherwise")
            require(writer.byteCount == table.byteCount, "a symbol table's length is told wrongly")
            _ = input.bytes(upTo: writer.byteCount)
            // The rest as codes: refused or decoded.
            let codes = Array(input.rest.prefix(64))
            _ = try? table.decode(
                encodedLengths: [UInt64(codes.count)], encoded: codes[...], decodedByteCount: codes.count)
        }
        var strings = StringVector()
        for string in input.strings() { strings.append(string) }
        if usesTraining { table = SymbolTable.trained(on: strings) }
        let (encoded, lengths) = SymbolEncoder(table).encode(strings)
        let decoded = try table.decode(
            encodedLengths: lengths, encoded: encoded[...], decodedByteCount: strings.bytes.count)
        require(decoded == strings, "strings came back as others")
        let wanted = Array(strings[0])
        let matches = try table.matches(anyOf: [wanted], encodedLengths: lengths, encoded: encoded[...])
        for index in 0..<strings.count {
            require(matches[index] == (strings[index] == wanted[...]), "string \(index) is found, or not, by mistake")
        }
    }
}
