import Bytes

/// Which templates of a band make messages that hold a text: what they tell by themselves, and what the slots of a page
/// add to that.
struct SoughtTemplates {
    /// The templates of which a literal holds the text.
    let certain: [UInt64]
    let streamCount: Int
    private let set: TemplateSet
    /// The other templates. In some of them the text may lie partly in a literal, or in several slots.
    private let others: [Template]
    private let crossing: [Template]

    private struct Template {
        var code: Int
        var firstSlot: Int
        var slotCount: Int

        /// Every template has a literal more than slots.
        var literals: Range<Int> { firstSlot + code..<firstSlot + code + slotCount + 1 }
    }

    init(of search: TextSearch, in set: TemplateSet) {
        self.set = set
        streamCount = set.streamCount
        let isHolding = search.matches(set.literals)
        var certain: [UInt64] = []
        var (others, crossing): ([Template], [Template]) = ([], [])
        var firstSlot = 0
        for (code, slotCount) in set.slotCounts.enumerated() {
            let template = Template(code: code, firstSlot: firstSlot, slotCount: Int(slotCount))
            firstSlot += Int(slotCount)
            if template.literals.contains(where: { isHolding[$0] }) {
                certain.append(UInt64(code))
            } else if slotCount > 0 {
                others.append(template)
                if search.pattern.mayCross(template.literals, of: set.literals) { crossing.append(template) }
            }
        }
        (self.certain, self.others, self.crossing) = (certain, others, crossing)
    }

    /// The templates that make a message with the text only with the right values in their slots, which are among some.
    func possible(
        with streams: [StringNode.Stream], holding search: TextSearch, in environment: any PageEnvironment
    ) throws(DecodeError) -> [UInt64] {
        var possible: [UInt64] = []
        var isHolding: [Bool] = []
        for stream in streams {
            isHolding.append(try stream.node.mayHold(search, count: stream.count, in: environment))
        }
        if isHolding.contains(true) {
            for template in others {
                let streams = set.slotStreams[template.firstSlot..<template.firstSlot + template.slotCount]
                if streams.contains(where: { isHolding[Int($0)] }) { possible.append(UInt64(template.code)) }
            }
        }
        guard !crossing.isEmpty else { return possible }
        var slots = [TemplateSlot?](repeating: nil, count: streams.count)
        for template in crossing {
            for number in template.firstSlot..<template.firstSlot + template.slotCount {
                let stream = Int(set.slotStreams[number])
                if slots[stream] == nil {
                    slots[stream] = try TemplateSlot(streams[stream], search.pattern, environment)
                }
            }
            let mayMatch = search.pattern.mayMatch(template.literals, of: set.literals) { slot, begun in
                slots[Int(set.slotStreams[template.firstSlot + slot])]?.step(begun, in: search.pattern)
                    ?? .init(begun: 0, canMatch: false)
            }
            if mayMatch { possible.append(UInt64(template.code)) }
        }
        return possible
    }
}
