import Testing

@testable import Columns

@Suite("Order of strings")
struct StringOrderTests {
    @Test("strings of a vector are ordered by their bytes, and so are their first bytes as far as those tell")
    func order() {
        let strings = ["", "a", "ab", "abcdefg", "abcdefgh", "abcdefgha", "abcdefghb", "abcdefgi", "b", "b\0", "é"]
        let vector = StringVector(strings.reversed() + strings)
        for first in 0..<vector.count {
            for second in 0..<vector.count {
                let (left, right) = (Array(vector[first]), Array(vector[second]))
                let order = vector.order(first, second)
                #expect((order < 0) == left.lexicographicallyPrecedes(right))
                #expect((order == 0) == (left == right))
                if vector.prefix(first) < vector.prefix(second) { #expect(order < 0) }
            }
        }
    }
}
