import Columns

/// A column of messages taken apart into templates and streams of variables.
final class TemplatedColumn {
    let messages: TemplatedMessages
    let assignment: StreamAssignment
    /// For each stream the column whose values it repeats, row by row; nil for streams that stand for themselves.
    let sources: [BandColumn?]

    /// Streams that repeat other columns, at most.
    private static let sourceLimit = 12
    private static let probeCount = 4
    private static let checkCount = 64

    init(_ messages: TemplatedMessages, of column: BandColumn, among columns: [BandColumn]) {
        self.messages = messages
        let found = Self.sourcesOfSlots(messages, column, columns)
        // The columns that spare most values get a stream.
        var valueCounts: [Int: Int] = [:]
        for (slot, source) in found.enumerated() {
            if let source { valueCounts[source.ordinal, default: 0] += messages.messages(ofSlot: slot).count }
        }
        let chosen = valueCounts.sorted { ($0.value, $1.key) > ($1.value, $0.key) }.prefix(Self.sourceLimit).map {
            $0.key
        }
        let dedicated = found.map { source in source.flatMap { chosen.firstIndex(of: $0.ordinal) } }
        assignment = messages.assignment(dedicated: dedicated)
        sources = (0..<assignment.streamCount).map { stream in
            stream < chosen.count ? columns.first { $0.ordinal == chosen[stream] } : nil
        }
    }

    /// For each slot the column whose text it shows.
    private static func sourcesOfSlots(
        _ messages: TemplatedMessages, _ column: BandColumn, _ columns: [BandColumn]
    ) -> [BandColumn?] {
        let candidates = columns.filter { other in
            other !== column && other.valueCount >= 64 && !other.dependsOn(column)
                && EqualitySearch.Family(other.type).map { $0 != .time } == true
        }
        return (0..<messages.slotCount).map { slot in
            let rows = messages.messages(ofSlot: slot)
            guard rows.count >= 8 else { return nil }
            // Two columns may show the same text by chance in a few rows: the best of all rows wins.
            return candidates.first { other in
                holds(slot, messages, column, other, checks: probeCount)
                    && holds(slot, messages, column, other, checks: checkCount)
            }
        }
    }

    private static func holds(
        _ slot: Int, _ messages: TemplatedMessages, _ column: BandColumn, _ other: BandColumn, checks: Int
    ) -> Bool {
        let rows = messages.messages(ofSlot: slot)
        let count = min(rows.count, checks)
        var missCount = 0
        for check in 0..<count {
            let message = Int(rows[rows.startIndex + check * rows.count / count])
            let value = messages.messages.bytes[messages.valueRange(ofSlot: slot, in: message)]
            if let index = column.link(of: message, to: other), other.shows(value, at: index) { continue }
            missCount += 1
            if missCount * 8 > checks { return false }
        }
        return true
    }

    /// The streams' nodes for some messages.
    func streams(
        _ values: Range<Int>, of column: BandColumn, profile: EncodingProfile
    ) -> [StringNode.Stream] {
        zip(messages.streams(assignment, in: values), sources).map { stream, source in
            guard let source else {
                return StringNode.Stream(
                    count: stream.values.count, node: StringNode.encoding(stream.values, profile: profile))
            }
            var exceptions: [UInt64] = []
            var rest: [UInt32] = []
            for (place, message) in stream.messages.enumerated() {
                guard let index = column.link(of: values.lowerBound + Int(message), to: source) else {
                    rest.append(UInt32(place))
                    continue
                }
                if !source.shows(stream.values[place], at: index) {
                    exceptions.append(UInt64(place))
                    rest.append(UInt32(place))
                }
            }
            let links = DerivedLinks(
                exceptionCount: exceptions.count,
                exceptionPositions: IntegerNode.encoding(exceptions, profile: profile),
                restCount: rest.count, rest: StringNode.encoding(stream.values.gather(rest), profile: profile))
            return StringNode.Stream(
                count: stream.values.count,
                node: stream.values.count == 0 ? .constant([]) : .equal(source: source.ordinal, links: links))
        }
    }
}

/// Whether a column of texts is taken apart, as found in an earlier band: not every band is tried.
struct TemplateMemory {
    private var decisions: [Int: Bool] = [:]
    private var bandCount = 0
    private static let trialInterval = 8

    mutating func beginBand() { bandCount += 1 }

    subscript(ordinal: Int) -> Bool? {
        get { bandCount % Self.trialInterval == 1 ? nil : decisions[ordinal] }
        set { decisions[ordinal] = newValue }
    }
}

/// Decides which text columns of a band are taken apart.
struct TemplateSearch {
    private let layout: BandLayout
    private let profile: EncodingProfile

    init(_ layout: BandLayout, profile: EncodingProfile) {
        self.layout = layout
        self.profile = profile
    }

    /// True when a column was taken apart.
    func apply(_ memory: inout TemplateMemory) -> Bool {
        var found = false
        for column in layout.columns
        where column.type.layout == .strings && column.derivation == nil && isCandidate(column) {
            let known = memory[column.ordinal]
            let pays = known ?? self.pays(column)
            if known == nil { memory[column.ordinal] = pays }
            guard pays else { continue }
            guard let messages = TemplatedMessages.build(messages: column.pool.vector(0..<column.valueCount)) else {
                continue
            }
            let templated = TemplatedColumn(messages, of: column, among: layout.columns)
            column.coding = .init(
                shared: .templates(templated), codes: messages.codes, count: messages.templateCount)
            found = true
        }
        return found
    }

    /// Texts that are long enough to hold something constant, and of which there are many different ones.
    private func isCandidate(_ column: BandColumn) -> Bool {
        guard column.valueCount >= 256, column.codingLeader == nil else { return false }
        guard column.rawByteCount(of: 0..<column.valueCount) >= column.valueCount * 8 else { return false }
        guard let coding = column.coding else { return true }
        // Codes that come from another column, or from which others come, cost nothing.
        return coding.count >= 1024 && !layout.columns.contains { $0.derivation?.source === column }
    }

    /// Tries a stretch of neighbouring values both ways.
    private func pays(_ column: BandColumn) -> Bool {
        let count = min(column.valueCount, 2048)
        let start = (column.valueCount - count) / 2
        let sample = column.pool.vector(start..<start + count)
        // One variable and nothing else is a typed text, not a template.
        guard let messages = TemplatedMessages.build(messages: sample), messages.templateCount * 2 <= count,
            messages.templateCount > 1 || messages.slotCount > 1
        else { return false }
        let scale = Double(column.valueCount) / Double(count)
        let templated = TemplatedColumn(messages, of: column.sampled(start..<start + count), among: layout.columns)
        var byteCount = IntegerNode.encoding(messages.codes.map { UInt64($0) }, profile: profile).byteCount
        let stand = column.sampled(start..<start + count)
        for stream in templated.streams(0..<count, of: stand, profile: profile) { byteCount += stream.node.byteCount }
        let literals = StringNode.encoding(messages.literals, profile: profile).byteCount
        let taken = Double(byteCount) * scale + Double(literals)
        return taken < 0.9 * plainByteCount(column, sample, scale: scale)
    }

    /// What the column takes without templates.
    private func plainByteCount(_ column: BandColumn, _ sample: StringVector, scale: Double) -> Double {
        guard let coding = column.coding, case .strings(let entries) = coding.shared else {
            return Double(StringNode.encoding(sample, profile: profile).byteCount) * scale
        }
        let entryCount = min(entries.count, 2048)
        let some = StringNode.encoding(entries.slice(0..<entryCount), profile: profile).byteCount
        let width = Double(UInt64.bitWidth - UInt64(coding.count - 1).leadingZeroBitCount)
        return Double(some) * Double(entries.count) / Double(entryCount) + width / 8 * Double(column.valueCount)
    }
}

extension BandColumn {
    /// Whether a value's text (Format/Segment.md, 6.4) is `text`.
    func shows(_ text: ArraySlice<UInt8>, at index: Int) -> Bool {
        type.layout == .strings ? pool[index].elementsEqual(text) : self.text(index).elementsEqual(text)
    }

    /// The same column with only some of its values, for trials.
    func sampled(_ values: Range<Int>) -> BandColumn { BandColumn(self, values: values) }
}
