/// Chooses a node for some strings: encodes a sample of them in each way that might do, and then all of them in the way
/// that was cheapest.
struct StringChoice {
    /// Nodes in nodes in nodes at most.
    static let levelLimit = 2

    enum Way: RepeatableChoice, Equatable {
        case plain, dictionary, frontCoded, symbols
        case pattern(TextPattern)

        func isLike(_ other: Way) -> Bool { self == other }

        func node(
            _ values: StringVector, profile: EncodingProfile, level: Int, memory: ChoiceMemory?
        ) -> StringNode? {
            switch self {
            case .plain: .plain(encoding: values, profile: profile)
            case .dictionary:
                .dictionary(
                    encoding: values, entryLimit: values.count / 2, profile: profile, level: level, memory: memory)
            case .frontCoded: .frontCoded(encoding: values, profile: profile, level: level)
            case .symbols: profile.sharedSymbols.map { .symbols(encoding: values, with: $0, profile: profile) }
            case .pattern(let pattern): pattern.encoding(values, profile: profile, level: level, memory: memory)
            }
        }
    }

    private struct Offer {
        var way: Way
        var cost: Double
    }

    private let values: StringVector
    private let sample: StringVector
    private let profile: EncodingProfile
    private let trialProfile: EncodingProfile
    private let level: Int
    private let memory: ChoiceMemory?
    private let length: Double

    init(_ values: StringVector, profile: EncodingProfile, level: Int, memory: ChoiceMemory?) {
        self.values = values
        self.profile = profile
        trialProfile = profile.forTrials
        self.level = level
        self.memory = memory
        sample = StringSample.strings(of: values, count: profile.tier == .hot ? 256 : 1024)
        length = Double(values.bytes.count) / Double(max(values.count, 1))
    }

    /// The best node, and how to make such a one again.
    func best() -> (node: StringNode, way: Way?) {
        let offers = offers()
        if profile.tier == .hot {
            for offer in offers {
                if let node = encode(offer.way) { return (node, offer.way) }
            }
            return (StringNode.plain(encoding: values, profile: profile), .plain)
        }
        // There is time to look in full at the two best that can be.
        var drafts: [(way: Way, node: StringNode)] = []
        var limit = Double.infinity
        for offer in offers where drafts.count < 2 && offer.cost <= limit {
            guard let node = draft(offer.way) else { continue }
            drafts.append((offer.way, node))
            limit = min(limit, offer.cost * 1.5 + 0.1)
        }
        guard let best = drafts.min(by: { cost($0.node) < cost($1.node) }) else {
            return (StringNode.plain(encoding: values, profile: profile), nil)
        }
        if profile.zstdLevel == trialProfile.zstdLevel { return (best.node, nil) }
        return (encode(best.way) ?? best.node, nil)
    }

    private func cost(_ node: StringNode) -> Double { node.cost(count: values.count, length: length, profile: profile) }

    private func encode(_ way: Way) -> StringNode? {
        way.node(values, profile: profile, level: level, memory: memory)
    }

    /// What the way comes to, about.
    private func draft(_ way: Way) -> StringNode? {
        way.node(values, profile: trialProfile, level: level, memory: memory)
    }

    // MARK: Offers

    /// The ways that might do, the cheapest first.
    private func offers() -> [Offer] {
        var offers = [offer(.plain, StringNode.plain(encoding: sample, profile: trialProfile))]
        if let pattern = patternOffer() { offers.append(pattern) }
        if level == 0, let dictionary = dictionaryOffer() { offers.append(dictionary) }
        if level == 0, let symbols = profile.sharedSymbols { offers.append(symbolsOffer(symbols)) }
        // Texts of a kind share prefixes too, but numbers are better.
        if offers.count == 1 || profile.tier != .hot, sharesPrefixes {
            let node = StringNode.frontCoded(encoding: sample, profile: trialProfile, level: StringChoice.levelLimit)
            offers.append(offer(.frontCoded, node))
        }
        return offers.sorted { $0.cost < $1.cost }
    }

    private func patternOffer() -> Offer? {
        // A few strings show what they have in common, more would only take time.
        let few = StringSample.strings(of: sample, count: profile.tier == .hot ? 64 : 256)
        guard let pattern = TextPatternFinder(few).pattern(),
            let node = pattern.encoding(sample, profile: trialProfile, level: StringChoice.levelLimit)
        else { return nil }
        return offer(.pattern(pattern), node)
    }

    /// What symbols would cost; a table that stands in the node is there once for all values.
    private func symbolsOffer(_ symbols: SharedSymbols) -> Offer {
        let node = StringNode.symbols(encoding: sample, with: symbols, profile: trialProfile)
        var offer = offer(.symbols, node)
        let tableByteCount = Double(symbols.inlineByteCount)
        offer.cost += tableByteCount / Double(max(values.count, 1)) - tableByteCount / Double(max(sample.count, 1))
        return offer
    }

    private func offer(_ way: Way, _ node: StringNode) -> Offer {
        Offer(way: way, cost: node.cost(count: sample.count, length: length, profile: profile))
    }

    /// What a dictionary would cost: its entries do not grow with the number of values as everything else does.
    private func dictionaryOffer() -> Offer? {
        guard let table = StringTable(sample, entryLimit: sample.count * 3 / 4) else { return nil }
        let seenCount = table.entries.count
        var counts = [Int](repeating: 0, count: seenCount)
        for code in table.codes { counts[Int(code)] += 1 }
        // Entries seen once and twice tell how many were not seen (the estimate of Chao).
        let onceCount = Double(counts.reduce(0) { $0 + ($1 == 1 ? 1 : 0) })
        let twiceCount = Double(counts.reduce(0) { $0 + ($1 == 2 ? 1 : 0) })
        let isWhole = sample.count == values.count
        let entryCount =
            isWhole ? Double(seenCount) : Double(seenCount) + onceCount * onceCount / (2 * max(twiceCount, 1))
        guard entryCount < Double(values.count) / 2 else { return nil }
        let entries = StringNode.encoding(table.entries, profile: trialProfile, level: level + 1)
        let entryBytes = Double(entries.byteCount) / Double(seenCount) * entryCount
        let codes = IntegerNode.encoding(table.codes, profile: trialProfile)
        let growth = Self.bitCount(entryCount) / Self.bitCount(Double(seenCount))
        let node = StringNode.dictionary(count: seenCount, entries: .constant([]), codes: codes)
        let codeCost = node.cost(count: sample.count, length: length, profile: profile) * growth
        return Offer(way: .dictionary, cost: codeCost + entryBytes / Double(values.count))
    }

    private static func bitCount(_ count: Double) -> Double { Double(64 - UInt64(max(count, 2)).leadingZeroBitCount) }

    /// Whether strings begin like the ones before them.
    private var sharesPrefixes: Bool {
        sample.count >= 16 && sample.sharedPrefixByteCount * 4 >= sample.bytes.count
    }
}
