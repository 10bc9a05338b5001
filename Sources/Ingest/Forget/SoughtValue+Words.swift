import Bytes
import Columns

/// Where a value stands as a word: neither a letter nor a digit before it or behind it.
extension SoughtValue {
    /// The text as it stands in plain text, in JSON, and in JSON that stands in JSON as a string.
    var writtenForms: [[UInt8]] {
        var forms = [text]
        for _ in 0..<2 {
            let escaped = Array(JSONText.quoted(forms[forms.count - 1]).dropFirst().dropLast())
            if escaped != forms[forms.count - 1] { forms.append(escaped) }
        }
        return forms
    }

    /// Whether one of the forms stands in the bytes as a word.
    static func isWord(_ forms: [[UInt8]], in bytes: Span<UInt8>) -> Bool {
        for form in forms where isWord(form, in: bytes) { return true }
        return false
    }

    private static func isWord(_ word: [UInt8], in bytes: Span<UInt8>) -> Bool {
        guard let first = word.first else { return false }
        var start = 0
        while start + word.count <= bytes.count,
            let place = bytes.firstIndex(of: first, in: start..<bytes.count - word.count + 1)
        {
            let end = place + word.count
            if isEqual(word, bytes, at: place), !isPartOfWord(bytes.byte(at: place - 1)),
                end == bytes.count || !isPartOfWord(bytes.byte(at: end))
            {
                return true
            }
            start = place + 1
        }
        return false
    }

    private static func isEqual(_ word: [UInt8], _ bytes: Span<UInt8>, at place: Int) -> Bool {
        for index in word.indices where bytes[place + index] != word[index] { return false }
        return true
    }

    /// Letters beyond ASCII are told by their high bit.
    private static func isPartOfWord(_ byte: UInt8) -> Bool {
        byte >= 0x80 || byte &- UInt8(ascii: "0") <= 9 || (byte | 0x20) &- UInt8(ascii: "a") <= 25
    }

    /// Which values of a column are this one or hold it as a word; empty: none.
    func stands(in column: RowBatch.Column) -> [Bool] {
        switch column.values {
        case .strings(let strings): return Self.marks(words(in: strings, column.key.type))
        case .codedStrings(let dictionary, let codes):
            return Self.marks(codes, words(in: dictionary, column.key.type))
        case .timestamps:
            return column.values.texts(type: column.key.type).map { Self.marks(words(in: $0, .string)) } ?? []
        case .fixed: return equals(column)
        case .presence, .integers, .doubles: return column.key.type == .bool ? [] : equals(column)
        }
    }

    /// Which strings hold it as a word.
    func words(in strings: StringVector, _ type: ColumnType) -> Bitmap {
        let forms = type == .array ? Array(writtenForms.prefix(2)) : [text]
        var found = Bitmap(count: strings.count)
        for form in forms {
            let holders = strings.matches(.contains(form))
            for index in 0..<strings.count where holders[index] {
                if Self.isWord(form, in: strings.bytes.span.extracting(strings.range(index))) { found[index] = true }
            }
        }
        return found
    }
}
