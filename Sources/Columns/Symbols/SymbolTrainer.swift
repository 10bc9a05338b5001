extension SymbolTable {
    /// A table made for these strings from a sample of them; the same strings give the same table.
    public static func trained(on strings: StringVector) -> SymbolTable {
        let sample = SymbolSample.strings(of: strings)
        guard !sample.bytes.isEmpty else { return SymbolTable(symbols: StringVector()) }
        var trainer = SymbolTrainer(sample: sample, wholeByteCount: strings.bytes.count)
        return trainer.train()
    }
}

/// Finds symbols by joining, again and again, the two neighbours that most often stand together. When the table is full
/// a new symbol takes the place of the least used one, as long as that makes the sample shorter.
struct SymbolTrainer {
    private let sample: StringVector
    /// The bytes of all strings for each byte of the sample.
    private let scale: Double
    private var sequence: TokenSequence
    /// By token: 0 … 255 are the bytes themselves, the others are symbols of two bytes and more, or empty.
    private var words: [SymbolWord]
    /// The tokens that have a code.
    private var coded: [UInt16] = []
    private var unused: [UInt16]

    private static let maximumStepCount = 2000

    init(sample: StringVector, wholeByteCount: Int) {
        self.sample = sample
        scale = Double(wholeByteCount) / Double(sample.bytes.count)
        sequence = TokenSequence(sample)
        words = (0..<512).map { SymbolWord(bytes: UInt64($0 & 255), length: $0 < 256 ? 1 : 0) }
        unused = (256..<512).reversed()
        coded = (0..<256).filter { sequence.uses[$0] > 0 }.map { UInt16($0) }
        if coded.count > SymbolTable.maximumSymbolCount { removeLeastUsed() }
    }

    mutating func train() -> SymbolTable {
        for _ in 0..<Self.maximumStepCount {
            let found = sequence.mostFrequentPair(from: 2) { pair in
                let (first, second) = TokenPairs.tokens(of: pair)
                return words[Int(first)].length + words[Int(second)].length <= SymbolWord.maximumLength
            }
            guard let found else { break }
            let (first, second) = TokenPairs.tokens(of: found.pair)
            guard let word = words[Int(first)].followed(by: words[Int(second)]) else { break }
            if let token = coded.first(where: { words[Int($0)] == word }) {
                sequence.join(found.pair, into: token)
                continue
            }
            // A symbol has to earn its own place in the table.
            guard Double(found.count) * scale > Double(word.length + 1) else { break }
            if coded.count == SymbolTable.maximumSymbolCount {
                guard makeRoom(for: found.count, sparing: (first, second)) else { break }
            }
            let token = unused.removeLast()
            words[Int(token)] = word
            coded.append(token)
            sequence.join(found.pair, into: token)
        }
        return table()
    }

    private mutating func removeLeastUsed() {
        if let index = leastUsed(sparing: nil) { coded.remove(at: index) }
    }

    /// The index in `coded` of the token that stands in the fewest places.
    private func leastUsed(sparing pair: (UInt16, UInt16)?) -> Int? {
        var least: Int?
        for (index, token) in coded.enumerated() where token != pair?.0 && token != pair?.1 {
            if let known = least, sequence.uses[Int(coded[known])] <= sequence.uses[Int(token)] { continue }
            least = index
        }
        return least
    }

    /// Takes its code from the least used token, unless that costs as much as `gain`.
    private mutating func makeRoom(for gain: Int, sparing pair: (UInt16, UInt16)) -> Bool {
        guard let index = leastUsed(sparing: pair) else { return false }
        let token = coded[index]
        let useCount = sequence.uses[Int(token)]
        if token < 256 {
            // The byte has to be escaped from now on.
            guard useCount < gain else { return false }
            coded.remove(at: index)
            return true
        }
        coded.remove(at: index)
        let pieces = pieces(of: words[Int(token)])
        guard useCount * (pieces.count - 1) < gain else {
            coded.insert(token, at: index)
            return false
        }
        sequence.split(token, into: pieces)
        words[Int(token)].length = 0
        unused.append(token)
        return true
    }

    /// What a word is cut into by the other symbols, longest first.
    private func pieces(of word: SymbolWord) -> [(token: UInt16, length: Int)] {
        var pieces: [(token: UInt16, length: Int)] = []
        var rest = word
        while rest.length > 0 {
            var piece = (token: UInt16(truncatingIfNeeded: rest.bytes & 0xFF), length: 1)
            for token in coded where token > 255 {
                let candidate = words[Int(token)]
                if candidate.length > piece.length, candidate.isPrefix(of: rest) { piece = (token, candidate.length) }
            }
            pieces.append(piece)
            rest = rest.dropping(piece.length)
        }
        return pieces
    }

    /// The symbols that save more than their room in the table, in the order of their bytes.
    private func table() -> SymbolTable {
        let ordered = coded.map { words[Int($0)] }.sorted {
            $0.ordered != $1.ordered ? $0.ordered < $1.ordered : $0.length < $1.length
        }
        var symbols = StringVector()
        for word in ordered { symbols.append(word.array) }
        let tokens = SymbolEncoder(SymbolTable(symbols: symbols)).tokens(of: sample, upTo: sample.count)
        var uses = [Int](repeating: 0, count: 513)
        for token in tokens { uses[Int(token)] += 1 }
        var used = StringVector()
        for code in 0..<symbols.count {
            let length = symbols.range(code).count
            let saved = scale * Double(uses[256 + code] * max(length - 1, 1))
            if saved > Double(length + 1) { used.append(symbols[code]) }
        }
        return SymbolTable(symbols: used)
    }
}
