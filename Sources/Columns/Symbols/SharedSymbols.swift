/// A symbol table that was trained once for many strings, and where readers find it.
public struct SharedSymbols: Sendable {
    public let table: SymbolTable
    let encoder: SymbolEncoder
    public var reference: StringNode.SymbolTableReference

    /// Trains a table on a sample of some strings, for `byteCount` bytes like them.
    public init(trainedOn strings: StringVector, forByteCount byteCount: Int) {
        let sample = SymbolSample.strings(of: strings)
        if sample.bytes.isEmpty {
            table = SymbolTable(symbols: StringVector())
        } else {
            var trainer = SymbolTrainer(sample: sample, wholeByteCount: byteCount)
            table = trainer.train()
        }
        encoder = SymbolEncoder(table)
        reference = .inline(table)
    }

    /// What the table itself takes of the node that names it.
    var inlineByteCount: Int {
        if case .inline = reference { table.byteCount } else { 0 }
    }
}

extension StringNode {
    /// The strings compressed with a table that is there already.
    public static func symbols(
        encoding strings: StringVector, with symbols: SharedSymbols, profile: EncodingProfile
    ) -> StringNode {
        .symbols(encoding: strings, with: symbols.encoder, table: symbols.reference, profile: profile)
    }
}
