import Columns

/// Tries on a sample of a column by which key its values are best put together.
struct GroupingTrial {
    private let column: BandColumn
    private let profile: EncodingProfile
    private let encoder: PageEncoder
    private let columns: [BandColumn]
    private let keys: [BandColumn]
    /// Stretches of neighbouring values, from all over the column.
    private let sample: [Range<Int>]
    private let sampleCount: Int

    private static let trialCount = 8192
    private static let stretchCount = 4
    /// As many of them choose the keys that are tried, and so many keys.
    private static let probeCount = 4096
    private static let triedKeyLimit = 3
    /// Values that take less as they stand are not worth a search.
    private static let byteMinimum = 1024.0
    /// What a key has to spare: of the bytes, and for the time in which the place of a value is found.
    private static let leastGain = 0.03
    private static let orderNanoseconds = 8.0

    /// What is put together: all values of the column, or those of a stream of its templates.
    private struct Subject {
        /// Nil: each value of the sample is one of these. Else the place of each in the sample, ascending.
        var places: [UInt32]?
        var byteCount: (GroupKey?) -> Int
        var probe: (_ count: Int) -> GroupingProbe
    }

    init(_ column: BandColumn, layout: BandLayout, profile: EncodingProfile, keys: [BandColumn]) {
        self.column = column
        self.profile = profile.forTrials
        self.keys = keys
        columns = layout.columns
        encoder = PageEncoder(column, layout: layout, profile: self.profile, memory: nil)
        sample = Self.sample(column.valueCount, Self.trialCount)
        sampleCount = sample.reduce(0) { $0 + $1.count }
    }

    /// So many values as stretches of the same length, evenly apart.
    private static func sample(_ valueCount: Int, _ limit: Int) -> [Range<Int>] {
        guard valueCount > limit else { return [0..<valueCount] }
        let length = limit / stretchCount
        return (0..<stretchCount).map { number in
            let first = (valueCount - length) * number / (stretchCount - 1)
            return first..<first + length
        }
    }

    /// The key of all values or their codes. `known` is what an earlier band told, and learns what this one tells.
    func key(_ known: inout BandColumn.Origin?) -> BandColumn? {
        key(
            of: Subject(
                byteCount: { encoder.trialByteCount(sample, by: $0) },
                probe: { encoder.probe(Self.prefix(sample, $0)) }), &known)
    }

    /// The keys of the streams of the column's templates, by number.
    func streamKeys() -> [Int: BandColumn] {
        guard case .templates(let templated)? = column.coding?.shared else { return [:] }
        var found: [Int: BandColumn] = [:]
        for (number, stream) in streams(of: templated).enumerated()
        where templated.sources[number] == nil && stream.values.count > 0 {
            found[number] = key(
                of: Subject(
                    places: stream.messages,
                    byteCount: { StringNode.encoding(stream.values.ordered(by: $0), profile: profile).byteCount },
                    probe: { .texts(stream.values.slice(0..<$0)) }), &templated.memories[number].key)
        }
        return found
    }

    private func streams(of templated: TemplatedColumn) -> [TemplateStream] {
        var streams = templated.messages.streams(templated.assignment, in: sample[0])
        var first = UInt32(sample[0].count)
        for stretch in sample.dropFirst() {
            for (number, more) in templated.messages.streams(templated.assignment, in: stretch).enumerated() {
                streams[number].values.append(more.values)
                streams[number].messages.append(contentsOf: more.messages.map { $0 + first })
            }
            first += UInt32(stretch.count)
        }
        return streams
    }

    /// The first values of some ranges.
    private static func prefix(_ ranges: [Range<Int>], _ count: Int) -> [Range<Int>] {
        var left = count
        return ranges.map { range in
            defer { left -= min(left, range.count) }
            return range.prefix(left)
        }
    }

    private func key(of subject: Subject, _ known: inout BandColumn.Origin?) -> BandColumn? {
        if case .some(.none) = known { return nil }
        let plain = Double(subject.byteCount(nil))
        let scale = Double(column.valueCount) / Double(sampleCount)
        var best: BandColumn?
        if plain * scale >= Self.byteMinimum {
            let count = subject.places?.count ?? sampleCount
            let price = Self.orderNanoseconds * profile.bytesPerDecodeNanosecond * Double(count)
            var least = plain * (1 - Self.leastGain) - price
            let depth = column.derivedDepth(among: columns)
            for key in candidates(subject, known) where column.mayDepend(on: key, derivedDepth: depth) {
                let byteCount = Double(subject.byteCount(groupKey(key, subject, count: count)))
                if byteCount < least { (best, least) = (key, byteCount) }
            }
        }
        // A key that does not suit this band may suit the next one.
        if known == nil { known = best.map { .column(ordinal: $0.ordinal) } ?? BandColumn.Origin.none }
        return best
    }

    /// The keys to try: the one that is known, or those that bring the most alike values together.
    private func candidates(_ subject: Subject, _ known: BandColumn.Origin?) -> [BandColumn] {
        if case .column(let ordinal)? = known { return keys.filter { $0.ordinal == ordinal && $0 !== column } }
        let count = min(subject.places?.count ?? sampleCount, Self.probeCount)
        let probe = subject.probe(count)
        let unlikeness = probe.unlikeness(Array(0..<UInt32(count)))
        var found: [(number: Int, unlikeness: Int)] = []
        for (number, key) in keys.enumerated() where key !== column {
            let own = probe.unlikeness(groupKey(key, subject, count: count).order)
            if own < unlikeness { found.append((number, own)) }
        }
        found.sort { ($0.unlikeness, $0.number) < ($1.unlikeness, $1.number) }
        return found.prefix(Self.triedKeyLimit).map { keys[$0.number] }
    }

    /// The order of the first values.
    private func groupKey(_ key: BandColumn, _ subject: Subject, count: Int) -> GroupKey {
        guard let places = subject.places?.prefix(count) else {
            return GroupKey(source: key, codes: column.linkedCodes(of: key, in: Self.prefix(sample, count)))
        }
        let codes = column.linkedCodes(of: key, in: Self.prefix(sample, Int(places.last ?? 0) + 1))
        return GroupKey(source: key, codes: places.map { codes[Int($0)] })
    }
}
