import Columns

/// What is known of the slots of templates, by the templates' literals.
final class KnownTemplates {
    struct Slot {
        var traits: SlotTraits
        /// The column whose text the slot shows.
        var source: Int?
    }

    private var slots: [[UInt8]: [Slot]] = [:]
    private var memories: [Stream: StreamMemory] = [:]

    /// What is known of a stream.
    final class StreamMemory {
        let choices = ChoiceMemory()
        /// The column by which its values are put together; nil when none was looked for.
        var key: BandColumn.Origin?
    }

    private enum Stream: Hashable {
        case source(ordinal: Int)
        case own(SlotKind, label: [UInt8])
    }

    /// Of a stream that repeats a column.
    func memory(of source: Int) -> StreamMemory { memory(of: .source(ordinal: source)) }

    /// Of a stream of values of a kind behind a word.
    func memory(of kind: SlotKind, label: ArraySlice<UInt8>) -> StreamMemory {
        memory(of: .own(kind, label: Array(label)))
    }

    private func memory(of stream: Stream) -> StreamMemory {
        if let known = memories[stream] { return known }
        let made = StreamMemory()
        memories[stream] = made
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
