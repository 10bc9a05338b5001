import Bytes
import Columns
import Testing

@Suite("Values that their type does not allow")
struct TypeCheckTests {
    @Test("bools, large integers and the zones of timestamps are known by their words")
    func words() {
        #expect(ColumnVector.integers([0, 1, 1]).wordProblem(.bool) == nil)
        #expect(ColumnVector.integers([0, 2]).wordProblem(.bool) != nil)
        #expect(ColumnVector.integers([.max, 1 << 63]).wordProblem(.uint64) == nil)
        #expect(ColumnVector.integers([.max, 1 << 62]).wordProblem(.uint64) != nil)
        #expect(ColumnVector.integers([7]).wordProblem(.int64) == nil)
        for zone in 0...5 as ClosedRange<UInt64> {
            let problem = ColumnVector.timestamps([0, 0], forms: [1 << 6, zone << 6]).wordProblem(.timestamp)
            #expect((problem == nil) == (1...3).contains(zone))
        }
        #expect(ColumnVector.timestamps([0], forms: [.max]).wordProblem(.timestamp) != nil)
    }

    @Test("strings are UTF-8, each by itself")
    func strings() {
        let whole = Array("é".utf8)
        let halves = StringVector(bytes: whole, ends: [1, 2])
        #expect(ColumnVector.strings(StringVector(bytes: whole, ends: [2])).textProblem(.string) == nil)
        #expect(ColumnVector.strings(halves).textProblem(.string) != nil)
        #expect(ColumnVector.strings(halves).textProblem(.bytes) == nil)
    }

    @Test("of a shared dictionary only the texts count that are used")
    func dictionaries() {
        let dictionary = StringVector(["1", "x", "[1]"])
        #expect(ColumnVector.codedStrings(dictionary: dictionary, codes: [0]).textProblem(.numberText) == nil)
        #expect(ColumnVector.codedStrings(dictionary: dictionary, codes: [0, 1]).textProblem(.numberText) != nil)
        #expect(ColumnVector.codedStrings(dictionary: dictionary, codes: [2]).textProblem(.array) == nil)
        #expect(ColumnVector.codedStrings(dictionary: dictionary, codes: [0]).textProblem(.array) != nil)
    }

    @Test("a form must show its instant")
    func timestamps() {
        #expect(ColumnVector.timestamps([1000], forms: [9 | 1 << 6]).textProblem(.timestamp) == nil)
        #expect(ColumnVector.timestamps([1000], forms: [3 | 1 << 6]).textProblem(.timestamp) != nil)
    }

    @Test("a batch with a value that is no text of its type says which column it is in")
    func batch() {
        func batch(_ text: String) -> RowBatch {
            let key = ColumnKey(path: ColumnPath(keys: ["a"]), type: .numberText)
            return RowBatch(
                shapeOfRow: [0], shapes: [[0]],
                columns: [.init(ordinal: 3, key: key, values: .strings(StringVector([text])))], storedAt: [0],
                sequences: [0])
        }
        #expect(throws: Never.self) { try batch("1e400").checkTexts() }
        #expect(throws: DecodeError.corrupt(at: 0, "column a has a number text that is no JSON number")) {
            try batch("x").checkTexts()
        }
    }
}
