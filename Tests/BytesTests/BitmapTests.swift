import Bytes
import Testing

@Suite struct BitmapTests {
    @Test(arguments: [0, 1, 63, 64, 65, 128, 200])
    func bitsAreThoseOfAnArray(count: Int) {
        var generator = SplitMix64(seed: UInt64(count))
        let left = (0..<count).map { _ in Bool.random(using: &generator) }
        let right = (0..<count).map { _ in Bool.random(using: &generator) }
        func bitmap(_ bits: [Bool]) -> Bitmap {
            var bitmap = Bitmap(count: count, repeating: true)
            for (index, bit) in bits.enumerated() { bitmap[index] = bit }
            return bitmap
        }
        func bits(_ bitmap: Bitmap) -> [Bool] { (0..<count).map { bitmap[$0] } }

        #expect(bits(bitmap(left)) == left)
        #expect(bitmap(left).setCount == left.count { $0 })
        var changed = bitmap(left)
        changed.formUnion(bitmap(right))
        #expect(bits(changed) == zip(left, right).map { $0 || $1 })
        changed = bitmap(left)
        changed.formIntersection(bitmap(right))
        #expect(bits(changed) == zip(left, right).map { $0 && $1 })
        changed = bitmap(left)
        changed.subtract(bitmap(right))
        #expect(bits(changed) == zip(left, right).map { $0 && !$1 })
        changed = bitmap(left)
        changed.invert()
        #expect(bits(changed) == left.map { !$0 })
        #expect(changed.setCount == left.count { !$0 })
        var indexes: [Int] = []
        bitmap(left).forEachSet { indexes.append($0) }
        #expect(indexes == left.indices.filter { left[$0] })
        #expect(Bitmap(count: count, repeating: true).isFull)
        #expect(Bitmap(count: count).isEmpty)
        #expect(Bitmap(count: count, words: bitmap(left).words.map { $0 }) == bitmap(left))
    }

    @Test func rangesAreInserted() {
        for lower in [0, 1, 63, 64, 100, 130] {
            for upper in [0, 1, 63, 64, 65, 128, 129, 200] where upper >= lower {
                var bitmap = Bitmap(count: 200)
                bitmap.insert(lower..<upper)
                #expect((0..<200).allSatisfy { bitmap[$0] == (lower..<upper).contains($0) })
            }
        }
    }
}
