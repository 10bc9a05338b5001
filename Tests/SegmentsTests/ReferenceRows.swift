import Bytes
import Columns
import Testing

@testable import Segments

/// A value as a test thinks of it.
enum ReferenceValue: Equatable {
    case presence
    case word(UInt64)
    case words(UInt64, UInt64)
    case timestamp(Int64, String)
    case text([UInt8])
}

/// The plain model that segments are checked against: rows as lists of values.
struct ReferenceRow: Equatable {
    var values: [ColumnKey: ReferenceValue]
    var storedAt: Int64
    var sequence: UInt64
}

func key(_ path: String..., type: ColumnType) -> ColumnKey { ColumnKey(path: ColumnPath(keys: path), type: type) }

extension Band {
    func append(_ row: ReferenceRow) {
        for (key, value) in row.values.sorted(by: {
            ($0.key.path.encoded, $0.key.type.rawValue) < ($1.key.path.encoded, $1.key.type.rawValue)
        }) {
            let ordinal = self.ordinal(of: key)
            switch value {
            case .presence: appendPresence(ordinal)
            case .word(let word): append(word: word, to: ordinal)
            case .words(let first, let second): append(words: first, second, to: ordinal)
            case .timestamp(_, let text):
                let (nanoseconds, form) = TimestampText.parse(Array(text.utf8).span)!
                append(nanoseconds: nanoseconds, form: form, to: ordinal)
            case .text(let bytes): append(bytes, to: ordinal)
            }
        }
        precondition(endRow(storedAt: row.storedAt, sequence: row.sequence))
    }
}

func < (left: ([UInt8], UInt8), right: ([UInt8], UInt8)) -> Bool {
    left.0 == right.0 ? left.1 < right.1 : left.0.lexicographicallyPrecedes(right.0)
}

func segment(_ rows: [ReferenceRow], options: SegmentWriterOptions) throws -> [UInt8] {
    let output = MemoryOutput()
    let writer = try SegmentWriter(output, options: options)
    for row in rows {
        writer.band.append(row)
        try writer.rowEnded()
    }
    _ = try writer.finish()
    return output.bytes
}

func rows(of bytes: [UInt8]) throws -> [ReferenceRow] {
    let reader = try SegmentReader(MemorySource(bytes))
    var rows: [ReferenceRow] = []
    for range in try reader.batchRanges() { rows.append(contentsOf: try reader.rows(in: range).referenceRows()) }
    return rows
}

extension RowBatch {
    func referenceRows() -> [ReferenceRow] {
        var cursors = [Int](repeating: 0, count: columns.count)
        return (0..<rowCount).map { row in
            var values: [ColumnKey: ReferenceValue] = [:]
            for index in shapes[Int(shapeOfRow[row])] {
                values[columns[index].key] = columns[index].values.reference(
                    cursors[index], type: columns[index].key.type)
                cursors[index] += 1
            }
            return ReferenceRow(values: values, storedAt: Int64(bitPattern: storedAt[row]), sequence: sequences[row])
        }
    }
}

extension ColumnVector {
    func reference(_ index: Int, type: ColumnType) -> ReferenceValue {
        switch self {
        case .presence: return .presence
        case .integers(let values): return .word(values[index])
        case .doubles(let values): return .word(values[index].bitPattern)
        case .strings(let strings): return .text(Array(strings[index]))
        case .codedStrings(let dictionary, let codes): return .text(Array(dictionary[Int(codes[index])]))
        case .timestamps(let values, let forms):
            var text: [UInt8] = []
            _ = TimestampText.append(Int64(bitPattern: values[index]), form: UInt32(forms[index]), to: &text)
            return .timestamp(Int64(bitPattern: values[index]), String(decoding: text, as: UTF8.self))
        case .fixed(let bytes, let width):
            func word(_ offset: Int) -> UInt64 {
                (0..<8).reversed().reduce(0) { $0 << 8 | UInt64(bytes[index * width + offset + $1]) }
            }
            return width == 8 ? .word(word(0)) : .words(word(0), word(8))
        }
    }
}

/// Reads the segment back and names the first value that differs.
func expect(_ bytes: [UInt8], gives expectedRows: [ReferenceRow]) throws {
    let found = try rows(of: bytes)
    #expect(found.count == expectedRows.count)
    for (row, (actual, expected)) in zip(found, expectedRows).enumerated() where actual != expected {
        #expect(actual.storedAt == expected.storedAt && actual.sequence == expected.sequence)
        for key in Set(actual.values.keys).union(expected.values.keys)
        where actual.values[key] != expected.values[key] {
            Issue.record(
                """
                row \(row), \(key.path.description) (\(key.type)): \
                \(String(describing: actual.values[key])) instead of \(String(describing: expected.values[key]))
                """)
        }
        return
    }
}
