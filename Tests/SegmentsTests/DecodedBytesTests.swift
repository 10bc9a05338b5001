import Bytes
import Columns
import Testing

@testable import Segments

@Suite struct DecodedBytesTests {
    private static let wordByteCount = 60

    /// Messages that show a number and the word of another column each, but for some, which show another.
    private func rows(_ count: Int, otherEach step: Int?) -> [ReferenceRow] {
        var random = SplitMix64(seed: 5)
        func word() -> [UInt8] {
            (0..<Self.wordByteCount).map { _ in UInt8(ascii: "a") + UInt8(random.next(upperBound: UInt64(26))) }
        }
        return (0..<count).map { number in
            let (own, other) = (word(), word())
            let shown = step.map { number % $0 == 7 } == true ? other : own
            let message = Array("Request \(100 + number * 7919 % 900) of ".utf8) + shown + Array(" has ended".utf8)
            return ReferenceRow(
                values: [key("word", type: .string): .text(own), key("message", type: .string): .text(message)],
                storedAt: 1, sequence: UInt64(number))
        }
    }

    /// What decoding is thought to take beside the messages themselves and their codes.
    private func streamByteCount(_ rows: [ReferenceRow]) throws -> Double {
        let band = Band()
        for row in rows { band.append(row) }
        let options = SegmentWriterOptions(tier: .cold)
        let layout = BandLayout(band, options: options)
        BandCoding(layout, options: options).apply()
        var memory = BandMemory<KnownTemplates?>()
        memory.beginBand()
        let found = TemplateSearch(layout, profile: options.profile).apply(&memory)
        let column = try #require(found.first { $0.key == key("message", type: .string) })
        guard case .templates(let templated)? = column.coding?.shared else { return 0 }
        #expect(templated.sources.compactMap { $0 }.map(\.key) == [key("word", type: .string)])
        return column.decodedByteCounts().reduce(0, +) - Double(column.rawByteCount + 40 * rows.count)
    }

    @Test("of texts that another column shows only those are thought to be stored that it does not show")
    func shownTexts() throws {
        // The words as they are shown, the numbers stored: each as itself and as a part or entry.
        let shown = Double(400 * (Self.wordByteCount + 4) + 400 * (28 + 2 * 3))
        #expect(try streamByteCount(rows(400, otherEach: nil)) == shown)
        // Likewise with their positions.
        let stored = Double(400 / 20 * (40 + 28 + 2 * Self.wordByteCount))
        #expect(try streamByteCount(rows(400, otherEach: 20)) == shown + stored)
    }
}
