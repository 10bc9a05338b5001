extension StringNode {
    /// The strings compressed with a table of their own, or nil when that gains too little.
    public static func symbols(encoding strings: StringVector, profile: EncodingProfile) -> StringNode? {
        let sample = SymbolSample.strings(of: strings)
        guard !sample.bytes.isEmpty else { return nil }
        var trainer = SymbolTrainer(sample: sample, wholeByteCount: strings.bytes.count)
        let table = trainer.train()
        let encoder = SymbolEncoder(table)
        // The table takes its room whatever the strings, so the sample is asked what the whole would gain.
        let share = Double(encoder.encode(sample).bytes.count) / Double(sample.bytes.count)
        let limit = Double(strings.bytes.count) * (1 - profile.minimumGain) - Double(table.byteCount)
        guard share * Double(strings.bytes.count) <= limit else { return nil }
        return symbols(encoding: strings, with: encoder, table: .inline(table), profile: profile)
    }

    /// The strings compressed with a table that stands somewhere else or is given.
    public static func symbols(
        encoding strings: StringVector, with encoder: SymbolEncoder, table: SymbolTableReference,
        profile: EncodingProfile
    ) -> StringNode {
        let encoded = encoder.encode(strings)
        return .symbols(
            table: table, encodedLengths: IntegerNode.encoding(encoded.lengths, profile: profile),
            decodedByteCount: strings.bytes.count, encoded: StoredBuffer.storing(encoded.bytes, profile: profile))
    }
}
