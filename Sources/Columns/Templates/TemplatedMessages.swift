/// Messages taken apart into templates and variables.
///
/// Nothing is copied: a variable is a range of the messages' bytes. A *slot* is one of the variables of one template;
/// slots are numbered template by template.
public struct TemplatedMessages: Sendable {
    /// Templates of a band, at most.
    public static let templateLimit = 4096

    public let messages: StringVector
    /// The template of each message; templates are numbered in order of first appearance.
    public let codes: [UInt32]
    public let slotCounts: [UInt32]
    /// One literal more than slots for each template, templates one after another.
    public let literals: StringVector
    /// The first slot of each template, and behind the last template the number of slots.
    public let firstSlots: [Int]
    /// The template of each slot.
    public let templateOfSlot: [UInt32]

    /// Where the variables of each message begin in `variables`, and behind the last message their number.
    let firstVariables: [UInt32]
    let variables: [VariableRange]
    /// The messages, template by template, and where those of each template begin.
    private let messagesByTemplate: [UInt32]
    private let firstByTemplate: [Int]

    public var count: Int { codes.count }
    public var templateCount: Int { slotCounts.count }
    public var slotCount: Int { templateOfSlot.count }
    package var variableCount: Int { variables.count }
    /// The bytes of all variables.
    package var variableByteCount: Int { variables.reduce(0) { $0 + $1.range.count } }

    /// Takes messages apart, or gives nil when most have nothing in common.
    public static func build(
        messages: StringVector, templateLimit: Int = TemplatedMessages.templateLimit
    ) -> TemplatedMessages? {
        guard messages.count > 0,
            let found = FoundTemplates(messages, limit: max(templateLimit, messages.count / 2))
        else { return nil }
        let plan = TemplatePlan(found, messages, templateLimit: templateLimit)
        let result = TemplatedMessages(messages, found, plan)
        if let whole = plan.wholeMessageTarget, result.messages(ofTemplate: Int(whole)).count * 4 > messages.count * 3 {
            return nil
        }
        precondition(result.isLossless, "messages cannot be put together again")
        return result
    }

    private init(_ messages: StringVector, _ found: FoundTemplates, _ plan: TemplatePlan) {
        self.messages = messages
        let codes = found.codes.map { plan.targets[Int($0)] }
        (firstVariables, variables) = Self.cut(messages, found, plan)
        let firstByTemplate = Self.starts(codes, count: plan.targetCount)
        messagesByTemplate = Self.grouped(codes, firstByTemplate)
        var slotCounts: [UInt32] = []
        var literals = StringVector()
        var firstSlots = [0]
        var templateOfSlot: [UInt32] = []
        for template in 0..<plan.targetCount {
            let message = Int(messagesByTemplate[firstByTemplate[template]])
            var place = messages.range(message).lowerBound
            let cuts = variables[Int(firstVariables[message])..<Int(firstVariables[message + 1])]
            for variable in cuts {
                literals.append(messages.bytes[place..<Int(variable.start)])
                place = Int(variable.end)
            }
            literals.append(messages.bytes[place..<messages.range(message).upperBound])
            slotCounts.append(UInt32(cuts.count))
            firstSlots.append(firstSlots[template] + cuts.count)
            templateOfSlot.append(contentsOf: repeatElement(UInt32(template), count: cuts.count))
        }
        self.codes = codes
        self.firstByTemplate = firstByTemplate
        self.slotCounts = slotCounts
        self.literals = literals
        self.firstSlots = firstSlots
        self.templateOfSlot = templateOfSlot
    }

    /// The messages of a template, ascending.
    public func messages(ofTemplate template: Int) -> ArraySlice<UInt32> {
        messagesByTemplate[firstByTemplate[template]..<firstByTemplate[template + 1]]
    }

    /// The messages that have a slot, ascending.
    public func messages(ofSlot slot: Int) -> ArraySlice<UInt32> { messages(ofTemplate: Int(templateOfSlot[slot])) }

    /// Where the value of a slot stands among the bytes of all messages; the message must have the slot's template.
    public func valueRange(ofSlot slot: Int, in message: Int) -> Range<Int> {
        let index = slot - firstSlots[Int(templateOfSlot[slot])]
        return variables[Int(firstVariables[message]) + index].range
    }
}

extension TemplatedMessages {
    /// The variables of the plan, message by message.
    private static func cut(
        _ messages: StringVector, _ found: FoundTemplates, _ plan: TemplatePlan
    ) -> ([UInt32], [VariableRange]) {
        var firstVariables: [UInt32] = [0]
        firstVariables.reserveCapacity(messages.count + 1)
        var total: UInt32 = 0
        for code in found.codes {
            total += plan.firstCuts[Int(code) + 1] - plan.firstCuts[Int(code)]
            firstVariables.append(total)
        }
        let variables = unsafe [VariableRange](unsafeUninitializedCapacity: Int(total)) { output, initializedCount in
            var next = 0
            var start: UInt32 = 0
            for (message, code) in found.codes.enumerated() {
                let firstFound = Int(found.firstVariables[message])
                func place(_ anchor: TemplatePlan.Anchor) -> UInt32 {
                    let base = anchor.piece == 0 ? start : found.variables[firstFound &+ Int(anchor.piece) &- 1].end
                    return base &+ anchor.byteOffset
                }
                for index in Int(plan.firstCuts[Int(code)])..<Int(plan.firstCuts[Int(code) &+ 1]) {
                    let cut = plan.cuts[index]
                    unsafe output[next] = VariableRange(Int(place(cut.start)), Int(place(cut.end)))
                    next &+= 1
                }
                start = messages.ends[message]
            }
            initializedCount = next
        }
        return (firstVariables, variables)
    }

    /// Where the messages of each template begin when they are sorted by template.
    private static func starts(_ codes: [UInt32], count: Int) -> [Int] {
        var starts = [Int](repeating: 0, count: count + 1)
        for code in codes { starts[Int(code) + 1] += 1 }
        for template in 0..<count { starts[template + 1] += starts[template] }
        return starts
    }

    private static func grouped(_ codes: [UInt32], _ starts: [Int]) -> [UInt32] {
        var next = starts
        var grouped = [UInt32](repeating: 0, count: codes.count)
        for (message, code) in codes.enumerated() {
            grouped[next[Int(code)]] = UInt32(truncatingIfNeeded: message)
            next[Int(code)] &+= 1
        }
        return grouped
    }

    /// Whether literals and variables give back every message.
    private var isLossless: Bool {
        unsafe messages.bytes.withUnsafeBufferPointer { bytes in
            let nothing = unsafe UnsafePointer<UInt8>(bitPattern: 1)!
            let bytes = unsafe bytes.baseAddress ?? nothing
            return unsafe literals.bytes.withUnsafeBufferPointer { literalBytes in
                let literalBytes = unsafe literalBytes.baseAddress ?? nothing
                return unsafe isLossless(bytes, literalBytes)
            }
        }
    }

    private func isLossless(_ bytes: UnsafePointer<UInt8>, _ literalBytes: UnsafePointer<UInt8>) -> Bool {
        for message in 0..<count {
            let template = Int(codes[message])
            let firstVariable = Int(firstVariables[message])
            let slotCount = Int(slotCounts[template])
            guard Int(firstVariables[message &+ 1]) &- firstVariable == slotCount else { return false }
            let range = messages.range(message)
            var place = range.lowerBound
            for index in 0...slotCount {
                let literal = literals.range(firstSlots[template] &+ template &+ index)
                let end = index < slotCount ? Int(variables[firstVariable &+ index].start) : range.upperBound
                guard end &- place == literal.count,
                    unsafe LiteralBytes.equal(bytes + place, literalBytes + literal.lowerBound, literal.count)
                else { return false }
                if index < slotCount { place = Int(variables[firstVariable &+ index].end) }
            }
        }
        return true
    }
}
