import Columns

/// What is known of the slots of templates, by the templates' literals.
final class KnownTemplates {
    struct Slot {
        var traits: SlotTraits
        /// The column whose text the slot shows.
        var source: Int?
    }

    private var slots: [[UInt8]: [Slot]] = [:]
    private var choices: [Stream: ChoiceMemory] = [:]

    private enum Stream: Hashable {
        case source(ordinal: Int)
        case own(SlotKind, label: [UInt8])
    }

    /// What a stream chose that repeats a column.
    func choices(for source: Int) -> ChoiceMemory { choices(.source(ordinal: source)) }

    /// What a stream of values of a kind behind a word chose.
    func choices(for kind: SlotKind, label: ArraySlice<UInt8>) -> ChoiceMemory {
        choices(.own(kind, label: Array(label)))
    }

    private func choices(_ stream: Stream) -> ChoiceMemory {
        if let known = choices[stream] { return known }
        let made = ChoiceMemory()
        choices[stream] = made
        return made
    }

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
        var key: [UInt8] = []
        for literal in first...first + Int(messages.slotCounts[template]) {
            key.append(contentsOf: messages.literals[literal])
            key.append(0xFF)
        }
        return key
    }
}
