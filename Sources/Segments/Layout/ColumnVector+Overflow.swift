import Bytes
import Columns

extension ColumnVector {
    /// One value from its text in an overflow bucket (Format/Segment.md, 7); nil when the text is not of the type.
    init?(overflowText text: [UInt8], type: ColumnType) {
        switch type {
        case .null, .emptyObject:
            guard text.isEmpty else { return nil }
            self = .presence(count: 1)
        case .string, .bytes, .numberText, .array:
            self = .strings(StringVector(bytes: text, ends: [UInt32(text.count)]))
            if textProblem(type) != nil { return nil }
        case .bool:
            switch String(decoding: text, as: UTF8.self) {
            case "true": self = .integers([1])
            case "false": self = .integers([0])
            default: return nil
            }
        case .int64:
            guard let value = DecimalText.parseSigned(text.span) else { return nil }
            self = .integers([UInt64(bitPattern: value)])
        case .uint64:
            guard case .uint64(let value) = NumberText.classify(text.span) else { return nil }
            self = .integers([value])
        case .double:
            guard let id = IdentifierText.parse(text.span), id.type == .id8Lower else { return nil }
            // The first byte of an id is the lowest of its word, the first digits of a double are its highest.
            self = .doubles([Double(bitPattern: id.first.byteSwapped)])
        case .timestamp:
            guard let (nanoseconds, form) = TimestampText.parse(text.span), TimestampForm(rawValue: form).isColumnType
            else { return nil }
            self = .timestamps([UInt64(bitPattern: nanoseconds)], forms: [UInt64(form)])
        case .id8Lower, .id8Upper, .id16Lower, .id16Upper, .uuidLower, .uuidUpper:
            guard var id = IdentifierText.parse(text.span) else { return nil }
            // Digits alone are taken for lower case.
            id.type = type
            var shown: [UInt8] = []
            IdentifierText.append(id, to: &shown)
            guard shown == text else { return nil }
            let words = type.layout == .fixed16 ? [id.first, id.second] : [id.first]
            self = .fixed(PageEncoder.bytes(words[...]), width: words.count * 8)
        case .storedAt, .sequence, .shape, .overflow: return nil
        }
    }

    /// The text of value `index` for an overflow bucket.
    func overflowText(_ index: Int, type: ColumnType) -> [UInt8] {
        switch self.slice(index..<index + 1) {
        case .presence: return []
        case .doubles(let values):
            let digits = String(values[0].bitPattern, radix: 16)
            return Array((String(repeating: "0", count: 16 - digits.utf8.count) + digits).utf8)
        case let value: return value.texts(type: type).map { Array($0[0]) } ?? []
        }
    }
}
