import Columns
import Testing

@Suite("Rows on their way into a segment")
struct BandTests {
    private func ordinal(_ band: Band, _ keys: [String], _ type: ColumnType) -> Int {
        band.ordinal(of: ColumnKey(path: ColumnPath(keys: keys), type: type))
    }

    @Test("values go to their columns and rows with the same columns in any order share a shape")
    func shapes() {
        let band = Band()
        let number = ordinal(band, ["n"], .int64)
        let text = ordinal(band, ["t"], .string)
        let id = ordinal(band, ["i"], .uuidLower)
        for row in 0..<6 {
            if row % 2 == 0 { band.append(word: UInt64(row), to: number) }
            band.append(Array("row \(row)".utf8), to: text)
            if row % 2 == 1 { band.append(word: UInt64(row), to: number) }
            if row == 5 { band.append(words: 1, 2, to: id) }
            #expect(band.endRow(storedAt: Int64(-row), sequence: UInt64(row + 10)))
        }
        #expect(band.rowCount == 6)
        #expect(band.shapes == [0, 0, 0, 0, 0, 1])
        #expect(band.registry.shapes == [[3, 4], [3, 4, 5]])
        #expect(band.columns[number].words == [0, 1, 2, 3, 4, 5])
        #expect(band.columns[id].words == [1, 2])
        #expect(band.columns[id].count == 1)
        #expect(band.columns[text].pool.entries.text(5) == "row 5")
        #expect(band.storedAt == (0..<6).map { UInt64(bitPattern: Int64(-$0)) })
        #expect(band.sequences == Array(10..<16))
    }

    @Test("a row that names a path twice is taken back, whatever the types and however often")
    func pathTwice() {
        let band = Band()
        let number = ordinal(band, ["a"], .int64)
        let time = ordinal(band, ["a"], .timestamp)
        let inner = ordinal(band, ["a", "b"], .string)
        let other = ordinal(band, ["ab"], .null)
        for _ in 0..<2 {
            band.append(word: 1, to: number)
            band.append(word: 2, to: number)
            #expect(!band.endRow(storedAt: 0, sequence: 0))
            band.append(word: 1, to: number)
            band.append(nanoseconds: 5, form: 64, to: time)
            #expect(!band.endRow(storedAt: 0, sequence: 0))
            band.append([1, 2], to: inner)
            band.append(word: 1, to: number)
            #expect(!band.endRow(storedAt: 0, sequence: 0))
        }
        #expect(band.rowCount == 0)
        #expect([number, time, inner].allSatisfy { band.columns[$0].count == 0 && band.columns[$0].words.isEmpty })
        #expect(band.columns[time].forms.isEmpty)
        #expect(band.columns[inner].pool.count == 0)
        band.append([1, 2], to: inner)
        band.appendPresence(other)
        #expect(band.endRow(storedAt: 0, sequence: 0))
        #expect(band.columns[other].count == 1)
    }

    @Test("a zone ends with its last row or its last byte, and emptying the band keeps the columns")
    func zones() {
        let band = Band()
        let text = ordinal(band, ["t"], .string)
        for _ in 0..<Limits.rowCountPerZone + 1 {
            band.append([7], to: text)
            #expect(band.endRow(storedAt: 0, sequence: 0))
        }
        #expect(band.allZoneRowCounts == [Limits.rowCountPerZone, 1])
        band.append([UInt8](repeating: 1, count: Limits.rawByteCountPerZone), to: text)
        #expect(band.endRow(storedAt: 0, sequence: 0))
        #expect(band.isAtZoneEnd)
        #expect(band.zoneRowCounts == [Limits.rowCountPerZone, 2])
        #expect(band.zoneCount == 2)
        band.removeAll()
        #expect(band.rowCount == 0 && band.zoneCount == 0 && band.rawByteCount == 0)
        #expect(band.columns[text].count == 0 && band.columns[text].pool.count == 0)
        #expect(band.ordinal(of: band.catalog[text]) == text)
    }

    @Test("very many orders of columns are all found again")
    func manyArrangements() {
        let band = Band()
        let ordinals = (0..<6).map { ordinal(band, ["k\($0)"], .null) }
        var rows: [[Int]] = [[]]
        for _ in 0..<5 { rows = rows.flatMap { row in ordinals.filter { !row.contains($0) }.map { row + [$0] } } }
        for _ in 0..<2 {
            for row in rows {
                for ordinal in row { band.appendPresence(ordinal) }
                #expect(band.endRow(storedAt: 0, sequence: 0))
            }
        }
        #expect(band.registry.shapes.count == 6)
        #expect(Array(band.shapes[..<720]) == Array(band.shapes[720...]))
    }

    @Test("orders that are forgotten because there are too many give the same shapes afterwards")
    func forgottenArrangements() {
        let band = Band(arrangementLimit: 8)
        let ordinals = (0..<9).map { ordinal(band, ["k\($0)"], .int64) }
        for row in 0..<5000 {
            for step in 0..<3 { band.append(word: UInt64(row), to: ordinals[(row * row + step * (1 + row % 3)) % 9]) }
            #expect(band.endRow(storedAt: 0, sequence: UInt64(row)))
        }
        for row in 0..<5000 {
            let expected = Set((0..<3).map { UInt32(ordinals[(row * row + $0 * (1 + row % 3)) % 9]) })
            #expect(Set(band.registry.shapes[Int(band.shapes[row])]) == expected)
        }
        #expect(Set(band.registry.shapes).count == band.registry.shapes.count)
        #expect(band.columns.reduce(0) { $0 + $1.count } == 15_000)
    }

    @Test("texts of all lengths come back, however many rows wait, and rows taken back leave nothing")
    func texts() {
        let band = Band()
        let columns = (0..<3).map { ordinal(band, ["t\($0)"], .string) }
        var expected: [[[UInt8]]] = [[], [], []]
        for row in 0..<3000 {
            let texts = [
                [UInt8](repeating: UInt8(row % 7), count: row % 70), Array("value \(row % 11)".utf8),
                (0..<(row * 31) % 300).map { UInt8(truncatingIfNeeded: $0 &* row) },
            ]
            for column in 0..<3 { band.append(texts[column], to: columns[column]) }
            if row % 10 == 9 {
                band.takeRowBack()
                continue
            }
            #expect(band.endRow(storedAt: 0, sequence: UInt64(row)))
            for column in 0..<3 { expected[column].append(texts[column]) }
        }
        for column in 0..<3 {
            let pool = band.columns[columns[column]].pool
            #expect((0..<pool.count).map { Array(pool[$0]) } == expected[column])
            let entries = (0..<pool.entries.count).map { Array(pool.entries[$0]) }
            #expect(Set(entries) == Set(expected[column]))
            #expect(!pool.isDistinct || Set(entries).count == entries.count)
        }
    }
}
