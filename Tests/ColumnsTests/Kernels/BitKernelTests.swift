import Bytes
import CKernels
import Testing

@Suite struct BitKernelTests {
    /// Ascending positions below `count`, each taken with a chance of `share` in 16.
    private func positions(_ count: Int, share: Int, _ random: inout SplitMix64) -> [UInt64] {
        (0..<UInt64(count)).filter { _ in Int.random(in: 0..<16, using: &random) < share }
    }

    private func bits(_ count: Int, _ random: inout SplitMix64) -> [Bool] {
        (0..<count).map { _ in Bool.random(using: &random) }
    }

    private func words(_ bits: [Bool]) -> [UInt64] {
        var bitmap = Bitmap(count: bits.count)
        for (index, bit) in bits.enumerated() where bit { bitmap[index] = true }
        return bitmap.words
    }

    @Test("bits take the places of others", arguments: [0, 1, 63, 64, 65, 1000], [0, 1, 8, 15, 16])
    func put(count: Int, share: Int) {
        var random = SplitMix64(seed: UInt64(count * 17 + share))
        let positions = positions(count, share: share, &random)
        let bits = bits(positions.count, &random)
        var expected = self.bits(count, &random)
        var bitmap = words(expected)
        var zeros = [UInt64](repeating: 0, count: bitmap.count)
        for (position, bit) in zip(positions, bits) { expected[Int(position)] = bit }
        #expect(traversion_put_bits(&bitmap, count, positions, positions.count, words(bits)))
        #expect(bitmap == words(expected))
        #expect(traversion_put_few_bits(&zeros, count, positions, positions.count, words(bits)))
        var alone = [Bool](repeating: false, count: count)
        for (position, bit) in zip(positions, bits) { alone[Int(position)] = bit }
        #expect(zeros == words(alone))
    }

    @Test("a row's place in the order of groups is the number of rows before it", arguments: [1, 63, 64, 65, 1000])
    func groupPlaces(count: Int) {
        var random = SplitMix64(seed: UInt64(count * 23))
        let groups = (0..<count).map { _ in UInt32.random(in: 0..<5, using: &random) }
        for rows in [nil, bits(count, &random)] {
            let wanted = (0..<UInt32(count)).filter { _ in Int.random(in: 0..<4, using: &random) == 0 }
            let expected = wanted.map { row in
                (0..<UInt32(count)).count {
                    rows?[Int($0)] ?? true && (groups[Int($0)], $0) < (groups[Int(row)], row)
                }
            }
            let words = rows.map { self.words($0) } ?? []
            var starts = [UInt32](repeating: 0, count: 5)
            var places = [UInt32](repeating: 0, count: wanted.count)
            words.withUnsafeBufferPointer { words in
                traversion_group_places(
                    groups, rows == nil ? nil : words.baseAddress, count, wanted, wanted.count, &starts, 5, &places)
                for (row, place) in zip(wanted, expected) {
                    let found = traversion_group_place(
                        groups, rows == nil ? nil : words.baseAddress, count, groups[Int(row)], Int(row))
                    #expect(found == place)
                }
            }
            #expect(places.map { Int($0) } == expected)
        }
    }

    @Test("bits are laid between others", arguments: [0, 1, 63, 64, 65, 1000], [0, 1, 8, 15, 16])
    func merge(count: Int, share: Int) {
        var random = SplitMix64(seed: UInt64(count * 19 + share))
        let positions = positions(count, share: share, &random)
        let bits = bits(positions.count, &random)
        let others = self.bits(count - positions.count, &random)
        var expected = others
        for (position, bit) in zip(positions, bits) { expected.insert(bit, at: Int(position)) }
        var bitmap = [UInt64](repeating: 0, count: (count + 63) / 64)
        #expect(traversion_merge_bits(&bitmap, count, positions, positions.count, words(bits), words(others)))
        #expect(bitmap == words(expected))
    }

    @Test(
        "bits are laid where others have ones, and those are counted", arguments: [1, 63, 64, 65, 1000],
        [0, 1, 8, 15, 16])
    func spread(count: Int, share: Int) {
        var random = SplitMix64(seed: UInt64(count * 23 + share))
        let positions = positions(count, share: share, &random)
        let bits = bits(positions.count, &random)
        var rows = [Bool](repeating: false, count: count)
        var expected = rows
        for (position, bit) in zip(positions, bits) {
            rows[Int(position)] = true
            expected[Int(position)] = bit
        }
        let rowWords = words(rows)
        var spread = rowWords
        traversion_spread_bits(words(bits), rowWords, rowWords.count, &spread)
        #expect(spread == words(expected))
        #expect(traversion_count_bits(rowWords, rowWords.count) == positions.count)
        var before = [UInt32](repeating: 0, count: rowWords.count)
        #expect(traversion_rank_words(rowWords, rowWords.count, &before) == UInt32(positions.count))
        #expect(before == rowWords.indices.map { word in UInt32(positions.count { $0 < UInt64(word * 64) }) })
        let places = positions.map { UInt32($0) }
        var ranks = places
        #expect(traversion_ranks_at(rowWords, before, rowWords.count, places, places.count, &ranks))
        #expect(ranks == Array(0..<UInt32(places.count)))
        #expect(!traversion_ranks_at(rowWords, before, rowWords.count, [UInt32(rowWords.count * 64)], 1, &ranks))
        #expect(traversion_greatest(places, places.count) == places.last ?? 0)
    }

    @Test(
        "positions that do not ascend, or lead outside, are refused",
        arguments: [[3, 3], [4, 2], [1, 10], [.max, 1]])
    func wrong(positions: [UInt64]) {
        var bitmap: [UInt64] = [0]
        var values = [UInt64](repeating: 0, count: 10)
        #expect(!traversion_put_bits(&bitmap, 10, positions, 2, [3]))
        #expect(!traversion_merge_bits(&bitmap, 10, positions, 2, [3], [0]))
        #expect(!traversion_put_values(&values, 10, positions, 2, [1, 2]))
        if positions.contains(where: { $0 >= 10 }) {
            #expect(!traversion_put_few_bits(&bitmap, 10, positions, 2, [3]))
            #expect(!traversion_join_at(&values, 2, 5, positions, values, 10))
        }
    }
}
