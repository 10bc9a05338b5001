import Bytes

extension SymbolTable {
    /// A table made for these strings from a sample of them; the same strings give the same table.
    public static func trained(on strings: StringVector) -> SymbolTable {
        let sample = SymbolSample.strings(of: strings)
        guard !sample.bytes.isEmpty else { return SymbolTable(symbols: StringVector()) }
        return SymbolTrainer(sample: sample).train()
    }
}

/// Finds symbols in rounds: each encodes a part of the sample with the table so far, counts the symbols and pairs of
/// neighbours it met, and keeps those that stand for the most bytes. Parts grow, so that late rounds are exact.
final class SymbolTrainer {
    private let sample: StringVector
    private var candidates = SymbolCandidates()
    private var pairCounts = [UInt32](repeating: 0, count: pairStride * pairStride)
    private var pairsMet: [Int32] = []

    private static let roundCount = 5
    private static let pairStride = 512

    init(sample: StringVector) { self.sample = sample }

    func train() -> SymbolTable {
        var table = SymbolTable(symbols: StringVector())
        let encoder = SymbolEncoder(table)
        for round in 1...Self.roundCount {
            let stringCount = max(1, sample.count * round / Self.roundCount)
            let tokens = encoder.tokens(of: sample, upTo: stringCount)
            collect(tokens, words: Self.words(of: table))
            table = SymbolTable(symbols: candidates.best(Self.maximumSymbolCount))
            encoder.fill(table)
        }
        return Self.used(of: table, in: encoder.tokens(of: sample, upTo: sample.count))
    }

    private static let maximumSymbolCount = SymbolTable.maximumSymbolCount

    /// What each token stands for.
    private static func words(of table: SymbolTable) -> [SymbolCandidates.Word] {
        (0..<256).map { SymbolCandidates.Word(bytes: UInt64($0), length: 1) }
            + (0..<table.symbols.count).map {
                SymbolCandidates.Word(bytes: table.word($0), length: UInt64(table.symbols.range($0).count))
            }
    }

    /// Counts tokens and pairs, and enters what they stand for as candidates.
    private func collect(_ tokens: [UInt16], words: [SymbolCandidates.Word]) {
        candidates.removeAll()
        var counts = [UInt64](repeating: 0, count: Self.pairStride)
        var previous = 512
        for token in tokens {
            let token = Int(token)
            if token == 512 {
                previous = 512
                continue
            }
            counts[token] += 1
            let firstByte = Int(truncatingIfNeeded: words[token].bytes & 0xFF)
            // The first byte alone is counted too: it might do better at the end of another symbol.
            if firstByte != token { counts[firstByte] += 1 }
            if previous != 512 {
                count(previous, token)
                if firstByte != token { count(previous, firstByte) }
            }
            previous = token
        }
        for token in 0..<words.count where counts[token] > 0 {
            // A byte without a code costs an escape, so single bytes are worth more than their length.
            candidates.add(words[token], gain: counts[token] * (words[token].length == 1 ? 8 : words[token].length))
        }
        for pair in pairsMet {
            let pair = Int(pair)
            let pairCount = UInt64(pairCounts[pair])
            pairCounts[pair] = 0
            guard pairCount > 1 else { continue }
            let word = words[pair / Self.pairStride].followed(by: words[pair % Self.pairStride])
            candidates.add(word, gain: pairCount * word.length)
        }
        pairsMet.removeAll(keepingCapacity: true)
    }

    private func count(_ first: Int, _ second: Int) {
        let pair = first * Self.pairStride + second
        if pairCounts[pair] == 0 { pairsMet.append(Int32(truncatingIfNeeded: pair)) }
        pairCounts[pair] += 1
    }

    /// Leaves out the symbols that no token names, and orders the others by their bytes.
    private static func used(of table: SymbolTable, in tokens: [UInt16]) -> SymbolTable {
        var isUsed = [Bool](repeating: false, count: table.symbols.count)
        for token in tokens where token >= 256 && token < 512 { isUsed[Int(token) - 256] = true }
        let symbols = (0..<table.symbols.count).filter { isUsed[$0] }.map { table.symbols[$0] }
        var ordered = StringVector()
        for symbol in symbols.sorted(by: { $0.lexicographicallyPrecedes($1) }) { ordered.append(symbol) }
        return SymbolTable(symbols: ordered)
    }
}
