import Columns

/// What is known of the slots of templates, by the templates' literals.
final class KnownTemplates {
    struct Slot {
        var traits: SlotTraits
        /// The column whose text the slot shows.
        var source: Int?
    }

    private var slots: [[UInt8]: [Slot]] = [:]

    /// The slots of a template; empty when it is not known.
    func slots(ofTemplate template: Int, in messages: TemplatedMessages) -> [Slot] {
        slots[Self.key(template, messages)] ?? []
    }

    func note(_ found: [Slot], ofTemplate template: Int, in messages: TemplatedMessages) {
        slots[Self.key(template, messages)] = found
    }

    /// The literals with a byte between them that no text in UTF-8 has.
    private static func key(_ template: Int, _ messages: TemplatedMessages) -> [UInt8] {
        let first = messages.firstSlots[template] + template
        let literals = first...first + Int(messages.slotCounts[template])
        return Array(literals.map { messages.literals[$0] }.joined(separator: [0xFF]))
    }
}
