import Columns

/// A symbol table of a column, kept from band to band: the same bytes serve all of them.
final class ColumnSymbols {
    let shared: SharedSymbols
    /// Where the table stands once a page has named it.
    var place: PageEntry.Place?

    init(_ shared: SharedSymbols) { self.shared = shared }
}

/// Decides for which texts a symbol table is trained.
struct SymbolSearch {
    private let profile: EncodingProfile

    /// Fewer bytes of text in a band do not pay for training.
    private static let byteMinimum = 64 << 10
    private static let sampleCount = 4096
    /// Texts of which other encodings leave less than this are numbers, templates or repetitions.
    private static let leftMinimum = 0.3

    init(profile: EncodingProfile) { self.profile = profile }

    /// The symbols for a column's texts, or for the entries of its dictionary; nil where they would not gain.
    func symbols(
        for column: BandColumn, _ memory: inout BandMemory<ColumnSymbols?>
    ) -> ColumnSymbols? {
        guard let texts = texts(of: column) else { return nil }
        if let known = memory[column.ordinal] { return known }
        let found = trained(texts.sample, byteCount: texts.byteCount)
        memory[column.ordinal] = .some(found)
        return found
    }

    /// A stretch of what would be compressed, and the bytes of all of it.
    private func texts(of column: BandColumn) -> (sample: StringVector, byteCount: Int)? {
        guard column.type.layout == .strings else { return nil }
        func stretch(_ count: Int) -> Range<Int> {
            let length = min(count, Self.sampleCount)
            return (count - length) / 2..<(count - length) / 2 + length
        }
        switch column.coding?.shared {
        case nil:
            guard column.derivation == nil, column.rawByteCount >= Self.byteMinimum else { return nil }
            return (column.pool.vector(stretch(column.valueCount)), column.rawByteCount)
        case .strings(let entries):
            guard entries.bytes.count >= Self.byteMinimum else { return nil }
            return (entries.slice(stretch(entries.count)), entries.bytes.count)
        default:
            return nil
        }
    }

    private func trained(_ sample: StringVector, byteCount: Int) -> ColumnSymbols? {
        let plain = StringNode.encoding(sample, profile: profile).byteCount
        guard Double(plain) > Self.leftMinimum * Double(sample.bytes.count) else { return nil }
        let symbols = SharedSymbols(trainedOn: sample, forByteCount: byteCount)
        let compressed = StringNode.symbols(encoding: sample, with: symbols, profile: profile).byteCount
        // The sample pays for its part of the table.
        let share = Double(sample.bytes.count) / Double(byteCount)
        let left = Double(compressed) - Double(symbols.table.byteCount) * (1 - share)
        return left < (1 - profile.minimumGain) * Double(plain) ? ColumnSymbols(symbols) : nil
    }
}
