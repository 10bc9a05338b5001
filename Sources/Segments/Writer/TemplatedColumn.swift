import Columns

/// A column of messages taken apart into templates and streams of variables.
final class TemplatedColumn {
    let messages: TemplatedMessages
    let assignment: StreamAssignment
    /// For each stream the column whose values it repeats, row by row; nil for streams that stand for themselves.
    let sources: [BandColumn?]
    /// What is known of the streams from earlier pages.
    let memories: [KnownTemplates.StreamMemory]

    /// Streams that repeat other columns, at most.
    private static let sourceLimit = 12
    private static let probeCount = 4
    private static let checkCount = 64
    /// Checks of a source that is known from earlier bands.
    private static let knownCheckCount = 16
    /// Fewer messages tell nothing.
    private static let messageMinimum = 8

    /// `known` is what earlier bands told of the templates, and learns what they did not know.
    init(
        _ messages: TemplatedMessages, of column: BandColumn, among columns: [BandColumn], known: KnownTemplates
    ) {
        self.messages = messages
        let slots = Self.slots(messages, column, columns, known)
        let found = slots.map { slot in slot.source.flatMap { source in columns.first { $0.ordinal == source } } }
        // The columns that spare most values get a stream.
        var valueCounts: [Int: Int] = [:]
        for (slot, source) in found.enumerated() {
            if let source { valueCounts[source.ordinal, default: 0] += messages.messages(ofSlot: slot).count }
        }
        let chosen = valueCounts.sorted { ($0.value, $1.key) > ($1.value, $0.key) }.prefix(Self.sourceLimit).map {
            $0.key
        }
        let dedicated = found.map { source in source.flatMap { chosen.firstIndex(of: $0.ordinal) } }
        assignment = messages.assignment(dedicated: dedicated) { slots[$0].traits }
        sources = (0..<assignment.streamCount).map { stream in
            stream < chosen.count ? columns.first { $0.ordinal == chosen[stream] } : nil
        }
        // A stream that stands for itself is told by its first slot.
        var firstSlots = [Int?](repeating: nil, count: assignment.streamCount)
        for (slot, stream) in assignment.streams.enumerated() where firstSlots[Int(stream)] == nil {
            firstSlots[Int(stream)] = slot
        }
        memories = firstSlots.enumerated().map { stream, slot in
            guard stream >= chosen.count, let slot else { return known.memory(of: chosen[stream]) }
            return known.memory(of: slots[slot].traits.kind, label: messages.label(ofSlot: slot))
        }
    }

    /// What each slot's values are, and the column whose text it shows.
    private static func slots(
        _ messages: TemplatedMessages, _ column: BandColumn, _ columns: [BandColumn], _ known: KnownTemplates
    ) -> [KnownTemplates.Slot] {
        let derivedDepth = column.derivedDepth(among: columns)
        let candidates = columns.filter { other in
            other !== column && other.valueCount >= 64 && column.mayDepend(on: other, derivedDepth: derivedDepth)
                && EqualitySearch.Family(other.type).map { $0 != .time } == true
        }
        var slots: [KnownTemplates.Slot] = []
        slots.reserveCapacity(messages.slotCount)
        for template in 0..<messages.templateCount {
            var own = known.slots(ofTemplate: template, in: messages)
            let isKnown = !own.isEmpty
            for (index, slot) in (messages.firstSlots[template]..<messages.firstSlots[template + 1]).enumerated() {
                if isKnown {
                    // Whether a source still holds is checked, nothing else is looked for.
                    guard let source = own[index].source else { continue }
                    let isShown = candidates.contains {
                        $0.ordinal == source && holds(slot, messages, column, $0, checks: knownCheckCount)
                    }
                    if !isShown { own[index].source = nil }
                } else {
                    own.append(
                        .init(
                            traits: messages.traits(ofSlot: slot),
                            source: source(ofSlot: slot, messages, column, among: candidates)))
                }
            }
            // What a handful of messages tell is not for the next band.
            if !isKnown, messages.messages(ofTemplate: template).count >= Self.messageMinimum {
                known.note(own, ofTemplate: template, in: messages)
            }
            slots.append(contentsOf: own)
        }
        return slots
    }

    private static func source(
        ofSlot slot: Int, _ messages: TemplatedMessages, _ column: BandColumn, among candidates: [BandColumn]
    ) -> Int? {
        guard messages.messages(ofSlot: slot).count >= messageMinimum else { return nil }
        // Two columns may show the same text by chance in a few rows: many more are checked.
        return candidates.first { other in
            holds(slot, messages, column, other, checks: probeCount)
                && holds(slot, messages, column, other, checks: checkCount)
        }?.ordinal
    }

    private static func holds(
        _ slot: Int, _ messages: TemplatedMessages, _ column: BandColumn, _ other: BandColumn, checks: Int
    ) -> Bool {
        let rows = messages.messages(ofSlot: slot)
        let count = min(rows.count, checks)
        var missCount = 0
        let link = RowLink(column, to: other)
        for check in 0..<count {
            let message = Int(rows[rows.startIndex + check * rows.count / count])
            let value = messages.messages.bytes[messages.valueRange(ofSlot: slot, in: message)]
            if let index = link.index(of: message), other.shows(value, at: index) { continue }
            missCount += 1
            if missCount * 8 > checks { return false }
        }
        return true
    }

    /// The streams' nodes for some messages.
    func streams(
        _ values: Range<Int>, of column: BandColumn, profile: EncodingProfile
    ) -> [StringNode.Stream] {
        messages.streams(assignment, in: values).enumerated().map { number, stream in
            let memory = profile.tier == .hot ? memories[number].choices : nil
            guard let source = sources[number] else {
                // A page may have no value of a stream: then there is nothing to put together.
                let source = stream.values.count > 0 ? column.grouping.streams[number] : nil
                let key = source.map { column.groupKey(of: stream, in: values, by: $0) }
                let node = StringNode.encoding(stream.values.ordered(by: key), profile: profile, memory: memory)
                return StringNode.Stream(count: stream.values.count, node: .grouping(node, by: key))
            }
            let linked = Self.linked(stream, in: values, of: column, to: source)
            let rest = StringNode.encoding(
                stream.values.gather(linked.rest.map { UInt32($0) }), profile: profile, memory: memory)
            let links = linked.links(rest, profile: profile)
            return StringNode.Stream(
                count: stream.values.count,
                node: stream.values.count == 0 ? .constant([]) : .equal(source: source.ordinal, links: links))
        }
    }

    /// How the values of a stream, which belongs to some messages, follow from the column that they show.
    static func linked(
        _ stream: TemplateStream, in values: Range<Int>, of column: BandColumn, to source: BandColumn
    ) -> LinkedValues {
        let link = RowLink(column, to: source)
        return LinkedValues(0..<stream.values.count) { place in
            link.index(of: values.lowerBound + Int(stream.messages[place])).map { index in
                source.shows(stream.values[place], at: index)
            }
        }
    }
}

extension BandColumn {
    /// Whether a value's text (Format/Segment.md, 6.4) is `text`.
    func shows(_ text: ArraySlice<UInt8>, at index: Int) -> Bool {
        switch type {
        case _ where type.layout == .strings: pool.holds(text, at: index)
        // Parsing takes only what rendering would give back.
        case .int64: DecimalText.parseSigned(text.span).map { UInt64(bitPattern: $0) } == words[index]
        case .id8Lower, .id8Upper: IdentifierText.parse(text.span) == .init(type: type, first: words[index], second: 0)
        default: self.text(index).elementsEqual(text)
        }
    }

    /// The same column with only some of its values, for trials.
    func sampled(_ values: Range<Int>) -> BandColumn { BandColumn(self, values: values) }
}
