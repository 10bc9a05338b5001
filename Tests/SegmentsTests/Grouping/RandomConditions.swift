import Bytes
import Columns

@testable import Segments

/// Conditions of every kind on columns, made at random from values that they have.
struct RandomConditions {
    private var random: SplitMix64

    init(seed: UInt64) { random = SplitMix64(seed: seed) }

    /// `values` are some of the column's.
    mutating func conditions(on type: ColumnType, _ values: [ReferenceValue]) -> [ColumnTest] {
        guard let value = values.randomElement(using: &random), let other = values.randomElement(using: &random) else {
            return []
        }
        let decoded = ColumnTest.values { vector in
            var found = Bitmap(count: vector.count)
            for index in 0..<vector.count where vector.reference(index, type: type) == value { found[index] = true }
            return found
        }
        return [decoded] + encoded(value, other, values)
    }

    private mutating func encoded(
        _ value: ReferenceValue, _ other: ReferenceValue, _ values: [ReferenceValue]
    ) -> [ColumnTest] {
        switch (value, other) {
        case (.presence, _): []
        case (.word(let word), .word(let other)):
            integers(word, other, values.compactMap(\.word)) + doubles(word, other)
                + [.id((0..<8).map { UInt8(truncatingIfNeeded: word >> ($0 * 8)) })]
        case (.timestamp(let time, _), .timestamp(let other, _)):
            integers(UInt64(bitPattern: time), UInt64(bitPattern: other), values.compactMap(\.word))
        case (.words(let first, let second), _):
            [.id([first, second].flatMap { word in (0..<8).map { UInt8(truncatingIfNeeded: word >> ($0 * 8)) } })]
        case (.text(let text), .text(let other)): texts(text, other, values)
        default: []
        }
    }

    private mutating func integers(_ word: UInt64, _ other: UInt64, _ words: [UInt64]) -> [ColumnTest] {
        let (low, high) = (Int64(bitPattern: word), Int64(bitPattern: other))
        let set = words.shuffled(using: &random).prefix(9) + [random.next()]
        return [
            .integers(.equal(word)), .integers(.set(Array(set))), .integers(.set([])),
            .integers(.range(min(word, other), max(word, other), isSigned: false)),
            .integers(
                .range(UInt64(bitPattern: min(low, high)), UInt64(bitPattern: max(low, high)), isSigned: true)),
        ]
    }

    private func doubles(_ word: UInt64, _ other: UInt64) -> [ColumnTest] {
        let (low, high) = (Double(bitPattern: word), Double(bitPattern: other))
        guard !low.isNaN, !high.isNaN else { return [.doubles(-1...1)] }
        return [.doubles(min(low, high)...max(low, high)), .doubles(low...low)]
    }

    private mutating func texts(_ text: [UInt8], _ other: [UInt8], _ values: [ReferenceValue]) -> [ColumnTest] {
        let start = Int(random.next() % UInt64(text.count + 1))
        let part = text[start...].prefix(1 + Int(random.next() % 6))
        let some = values.shuffled(using: &random).prefix(5).compactMap(\.text)
        let length = other.count
        return [
            .strings(.equal(text)), .strings(.anyOf(some)), .strings(.prefix(Array(text.prefix(start)))),
            .strings(.contains(Array(part))),
            .texts { texts in
                var found = Bitmap(count: texts.count)
                for index in 0..<texts.count where texts.range(index).count <= length { found[index] = true }
                return found
            },
        ]
    }
}

extension ReferenceValue {
    /// An integer, or the nanoseconds of a time.
    fileprivate var word: UInt64? {
        switch self {
        case .word(let word): word
        case .timestamp(let time, _): UInt64(bitPattern: time)
        default: nil
        }
    }

    fileprivate var text: [UInt8]? { if case .text(let text) = self { text } else { nil } }
}
