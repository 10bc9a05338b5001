/// Strings of 1 to 8 bytes that may become symbols, each with the bytes it would stand for in the sample.
struct SymbolCandidates {
    struct Word: Equatable {
        /// The first byte lowest; unused high bytes are 0.
        var bytes: UInt64
        var length: UInt64

        /// Both together, cut to eight bytes.
        func followed(by next: Word) -> Word {
            if length == 8 { return self }
            return Word(bytes: bytes | next.bytes << (8 * length), length: min(length + next.length, 8))
        }
    }

    private struct Entry {
        var word: Word
        var gain: UInt64
    }

    private var entries: [Entry] = []
    /// Open addressing: index into `entries` plus 1.
    private var slots: [UInt16]

    private static let slotCount = 1 << 15
    /// A sample of 16 KiB gives fewer; the limit keeps the table's load low whatever the sample.
    private static let maximumEntryCount = slotCount / 2

    init() { slots = [UInt16](repeating: 0, count: Self.slotCount) }

    mutating func removeAll() {
        entries.removeAll(keepingCapacity: true)
        for slot in slots.indices { slots[slot] = 0 }
    }

    mutating func add(_ word: Word, gain: UInt64) {
        var slot = Int(truncatingIfNeeded: ((word.bytes &+ word.length) &* 0x9E37_79B9_7F4A_7C15) >> 49)
        while slots[slot] != 0 {
            let index = Int(slots[slot]) - 1
            if entries[index].word == word {
                entries[index].gain += gain
                return
            }
            slot = (slot + 1) & (Self.slotCount - 1)
        }
        guard entries.count < Self.maximumEntryCount else { return }
        entries.append(Entry(word: word, gain: gain))
        slots[slot] = UInt16(entries.count)
    }

    /// The `count` words of the highest gain; of equal gains the longer word, then the lower number.
    func best(_ count: Int) -> StringVector {
        let ordered = entries.sorted {
            if $0.gain != $1.gain { return $0.gain > $1.gain }
            if $0.word.length != $1.word.length { return $0.word.length > $1.word.length }
            return $0.word.bytes < $1.word.bytes
        }
        var words = StringVector()
        for entry in ordered.prefix(count) {
            words.append((0..<entry.word.length).map { UInt8(truncatingIfNeeded: entry.word.bytes >> (8 * $0)) })
        }
        return words
    }
}
