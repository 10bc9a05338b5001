import Bytes
import Columns
import Segments

/// A value that is named as text, in every form in which a column may hold it.
public struct SoughtValue: Equatable, Sendable {
    public let text: [UInt8]
    /// What an int64 or uint64 column holds for it.
    let signed: UInt64?
    let unsigned: UInt64?
    let double: Double?
    /// The bytes of the id that the text shows.
    let id: [UInt8]?

    public init(_ text: String) {
        self.text = Array(text.utf8)
        let integer = Int64(text)
        signed = integer.flatMap { "\($0)" == text ? UInt64(bitPattern: $0) : nil }
        unsigned = UInt64(text).flatMap { "\($0)" == text ? $0 : nil }
        double = Double(text).flatMap { $0.isFinite ? $0 : nil }
        id = Self.id(self.text)
    }

    private static func id(_ text: [UInt8]) -> [UInt8]? {
        guard let value = IdentifierText.parse(text.span) else { return nil }
        let words = value.type.layout == .fixed16 ? [value.first, value.second] : [value.first]
        return words.flatMap { word in (0..<8).map { UInt8(truncatingIfNeeded: word >> UInt64(8 * $0)) } }
    }

    /// Which values of a column are this one; empty: none.
    func equals(_ column: RowBatch.Column) -> [Bool] {
        switch column.values {
        case .presence: return []
        case .integers(let words): return Self.marks(words, word(column.key.type))
        case .doubles(let values): return Self.marks(values, double)
        case .strings(let strings): return Self.marks(strings.matches(.equal(text)))
        case .codedStrings(let dictionary, let codes): return Self.marks(codes, dictionary.matches(.equal(text)))
        case .timestamps:
            return column.values.texts(type: column.key.type).map { Self.marks($0.matches(.equal(text))) } ?? []
        case .fixed(let bytes, let width):
            guard let id, id.count == width else { return [] }
            return (0..<bytes.count / width).map { bytes[$0 * width..<($0 + 1) * width].elementsEqual(id) }
        }
    }

    private func word(_ type: ColumnType) -> UInt64? {
        switch type {
        case .bool: text == Array("true".utf8) ? 1 : text == Array("false".utf8) ? 0 : nil
        case .uint64: unsigned
        default: signed
        }
    }

    private static func marks<Value: Equatable>(_ values: [Value], _ wanted: Value?) -> [Bool] {
        guard let wanted, values.contains(wanted) else { return [] }
        return values.map { $0 == wanted }
    }

    static func marks(_ matches: Bitmap) -> [Bool] {
        matches.isEmpty ? [] : (0..<matches.count).map { matches[$0] }
    }

    static func marks(_ codes: [UInt32], _ entries: Bitmap) -> [Bool] {
        entries.isEmpty ? [] : codes.map { entries[Int($0)] }
    }

    /// Whether a zone whose values lie in these bounds may hold it.
    func mayBe(in bounds: ColumnStatistics.Bounds, _ type: ColumnType) -> Bool {
        switch bounds {
        case .none:
            switch type.layout {
            case .fixed8: return id?.count == 8
            case .fixed16: return id?.count == 16
            default: return true
            }
        case .signed(let range):
            if type == .timestamp { return true }
            return word(type).map { range.contains(Int64(bitPattern: $0)) } ?? false
        case .unsigned(let range): return unsigned.map { range.contains($0) } ?? false
        case .double(let range, _): return double.map { range?.contains($0) ?? false } ?? false
        case .text(let minimum, let maximum):
            return ColumnStatistics.Bounds.mayHold(text, from: minimum, to: maximum)
        }
    }
}
