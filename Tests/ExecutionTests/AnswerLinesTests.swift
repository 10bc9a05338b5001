import Columns
import Storage
import Testing

@testable import Execution

@Suite("Lines of answers")
struct AnswerLinesTests {
    /// Columns of every kind, in more rows than one thread takes.
    private var table: AnswerTable {
        let count = 40_000
        let texts = StringVector(["plain", "a \"quote\" and \u{1}", "", String(repeating: "long ", count: 40), "a\n"])
        let numbers = (0..<100).map { Double($0) / 7 }
        let columns: [(ColumnType, ColumnVector)] = [
            (.string, .strings(texts)), (.string, .codedStrings(dictionary: texts, codes: [4, 3, 2, 1, 0])),
            (.int64, .integers([0, UInt64(bitPattern: -5), 1 << 63])), (.uint64, .integers([.max, 7])),
            (.bool, .integers([0, 1])), (.double, .doubles(numbers + [.nan, .infinity])),
            (.null, .presence(count: 3)), (.emptyObject, .presence(count: 3)),
            (.array, .strings(StringVector(["[1,2]", "[]"]))), (.numberText, .strings(StringVector(["1e400"]))),
            (.id8Lower, .fixed(Array(0..<16), width: 8)), (.timestamp, .timestamps([5, 6], forms: [0, 0])),
        ]
        let stored = columns.enumerated().map { number, column in
            RowBatch.Column(
                ordinal: number, key: ColumnKey(path: ColumnPath(keys: ["\(number)"]), type: column.0), values: column.1
            )
        }
        func places(_ step: Int) -> [StateTable.Place] {
            (0..<count).map { row in
                let column = row * step % (columns.count + 1) - 1
                let index = column < 0 ? 0 : row % columns[column].1.count
                return StateTable.Place(column: Int32(column), index: Int32(index))
            }
        }
        return AnswerTable(
            columns: ["cells", "a \"name\"", "times", "values", "ids"],
            values: [
                .cells((0..<count).map { $0 % 3 == 0 ? .none : .integer($0) }),
                .texts(texts, places: (0..<count).map { Int32($0 / 3 % 6) - 1 }),
                .times(
                    (0..<count).map { $0 == 7 ? .min : Int64($0) * 1_000_003 * ($0 % 11 == 0 ? -1_000 : 1_000_000) }),
                .stored(StoredValues(columns: stored, places: places(5), areTexts: false)),
                .stored(StoredValues(columns: stored, places: places(7), areTexts: true)),
            ])
    }

    @Test("lines hold what the cells do, however columns are kept and by how many threads they are made")
    func lines() {
        let table = table
        var expected: [UInt8] = []
        for row in table.rows {
            for (number, cell) in row.enumerated() {
                expected += Array((number == 0 ? "{" : ",").utf8)
                AnswerTable.Cell.text(table.columns[number]).appendJSON(to: &expected)
                expected += Array(":".utf8)
                cell.appendJSON(to: &expected)
            }
            expected += Array("}\n".utf8)
        }
        #expect(table.jsonLines == expected)
        var lines: [UInt8] = []
        table.writeJSONLines(threadCount: 2) { lines += $0 }
        #expect(lines == expected)
    }
}
