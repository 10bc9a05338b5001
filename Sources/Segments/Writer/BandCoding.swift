import Columns

/// Decides which columns of a band get a dictionary that all their pages share.
struct BandCoding {
    private let layout: BandLayout
    private let options: SegmentWriterOptions

    /// Dictionaries up to this size are stored sorted; larger ones in order of first appearance, which keeps the
    /// codes of values that come and go (users, sessions) close together.
    private static let sortedEntryLimit = 4096

    init(_ layout: BandLayout, options: SegmentWriterOptions) {
        self.layout = layout
        self.options = options
    }

    func apply() {
        var identifiers: [BandColumn] = []
        for column in layout.columns {
            switch column.type.layout {
            case .strings: column.coding = stringCoding(column)
            case .fixed8, .fixed16: identifiers.append(column)
            case .integers: column.coding = integerCoding(column)
            case .presenceOnly, .doubles, .timestamps: break
            }
        }
        codeIdentifiers(identifiers)
    }

    // MARK: Strings

    private func stringCoding(_ column: BandColumn) -> BandColumn.Coding? {
        let pool = column.pool
        let entryCount = pool.entries.count
        guard pool.isDistinct, entryCount > 1, entryCount * 2 <= column.valueCount else { return nil }
        guard entryCount <= Self.sortedEntryLimit else {
            return .init(shared: .strings(pool.entries), codes: pool.codes, count: entryCount)
        }
        let order = (0..<entryCount).sorted { pool.entries[$0].lexicographicallyPrecedes(pool.entries[$1]) }
        var rank = [UInt32](repeating: 0, count: entryCount)
        for (place, entry) in order.enumerated() { rank[entry] = UInt32(place) }
        let entries = pool.entries.gather(order.map { UInt32($0) })
        return .init(shared: .strings(entries), codes: pool.codes.map { rank[Int($0)] }, count: entryCount)
    }

    // MARK: Integers

    /// Integers of few values get codes, so that other columns can be a function of them and they of others.
    private func integerCoding(_ column: BandColumn) -> BandColumn.Coding? {
        guard column.type == .int64 || column.type == .uint64, column.valueCount >= 512 else { return nil }
        let words = column.words
        var trial = IdentifierDictionary(wordsPerEntry: 1, expectedCount: 1024)
        let trialCount = min(4096, words.count)
        for index in 0..<trialCount {
            _ = trial.code(of: words[index])
            if trial.count > 1024 { return nil }
        }
        guard trial.count > 1 else { return nil }
        var dictionary = IdentifierDictionary(wordsPerEntry: 1, expectedCount: 2048)
        var codes: [UInt32] = []
        codes.reserveCapacity(words.count)
        for word in words {
            codes.append(dictionary.code(of: word))
            if dictionary.count > 4096 { return nil }
        }
        return .init(shared: .integers(dictionary.words), codes: codes, count: dictionary.count)
    }

    // MARK: Ids

    /// Ids that repeat get a dictionary; columns whose ids are each other's (span and parent) share one.
    private func codeIdentifiers(_ columns: [BandColumn]) {
        var groups: [[BandColumn]] = []
        for column in columns where repeats(column) {
            if let index = groups.firstIndex(where: { $0[0].type == column.type && shares($0[0], column) }) {
                groups[index].append(column)
            } else {
                groups.append([column])
            }
        }
        for group in groups { code(group) }
    }

    private func wordsPerValue(_ column: BandColumn) -> Int { column.type.layout == .fixed16 ? 2 : 1 }

    /// A stretch of neighbouring values: ids repeat among neighbours.
    private func stretch(_ column: BandColumn) -> Range<Int> {
        let count = min(column.valueCount, 8192)
        let start = (column.valueCount - count) / 2
        return start..<start + count
    }

    private func repeats(_ column: BandColumn) -> Bool {
        let range = stretch(column)
        guard range.count >= 64 else { return false }
        var dictionary = IdentifierDictionary(wordsPerEntry: wordsPerValue(column), expectedCount: range.count)
        fill(&dictionary, column, range)
        return Double(dictionary.count) < 0.75 * Double(range.count)
    }

    private func fill(_ dictionary: inout IdentifierDictionary, _ column: BandColumn, _ range: Range<Int>) {
        let words = column.words
        if dictionary.wordsPerEntry == 1 {
            for index in range { _ = dictionary.code(of: words[index]) }
        } else {
            for index in range { _ = dictionary.code(of: words[index * 2], words[index * 2 + 1]) }
        }
    }

    /// True when at least a third of the second column's ids are ids of the first.
    private func shares(_ first: BandColumn, _ second: BandColumn) -> Bool {
        let wordCount = wordsPerValue(first)
        var dictionary = IdentifierDictionary(wordsPerEntry: wordCount, expectedCount: 8192)
        fill(&dictionary, first, stretch(first))
        let firstCount = dictionary.count
        var alone = IdentifierDictionary(wordsPerEntry: wordCount, expectedCount: 8192)
        fill(&alone, second, stretch(second))
        fill(&dictionary, second, stretch(second))
        let newCount = dictionary.count - firstCount
        return newCount * 3 <= alone.count * 2
    }

    private func code(_ group: [BandColumn]) {
        let wordCount = wordsPerValue(group[0])
        let valueCount = group.reduce(0) { $0 + $1.valueCount }
        var dictionary = IdentifierDictionary(wordsPerEntry: wordCount, expectedCount: valueCount / 4)
        var codes = group.map { _ in [UInt32]() }
        for (index, column) in group.enumerated() { codes[index].reserveCapacity(column.valueCount) }
        if group.count == 1 {
            append(&codes[0], &dictionary, group[0], 0..<group[0].valueCount)
        } else {
            // Row by row, so that an id and those it is related to get neighbouring codes.
            var next = [Int](repeating: 0, count: group.count)
            let members = group.map { $0.presence == .everyRow ? nil : $0.rows }
            let words = group.map { $0.words }
            for row in 0..<layout.rowCount {
                for index in group.indices {
                    let place = next[index]
                    if let rows = members[index] {
                        guard place < rows.count, rows[place] == row else { continue }
                    }
                    next[index] = place &+ 1
                    codes[index].append(
                        wordCount == 1
                            ? dictionary.code(of: words[index][place])
                            : dictionary.code(of: words[index][place &* 2], words[index][place &* 2 &+ 1]))
                }
            }
        }
        for (index, column) in group.enumerated() {
            column.coding = .init(shared: .fixed(dictionary), codes: codes[index], count: dictionary.count)
            column.codingLeader = group[0]
        }
    }

    private func append(
        _ codes: inout [UInt32], _ dictionary: inout IdentifierDictionary, _ column: BandColumn, _ range: Range<Int>
    ) {
        let words = column.words
        if dictionary.wordsPerEntry == 1 {
            for index in range { codes.append(dictionary.code(of: words[index])) }
        } else {
            for index in range { codes.append(dictionary.code(of: words[index * 2], words[index * 2 + 1])) }
        }
    }
}
