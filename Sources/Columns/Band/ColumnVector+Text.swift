extension ColumnVector {
    /// The text of each value (Format/Segment.md, 6.4); nil for types that have none for `equal`.
    public func texts(type: ColumnType) -> StringVector? {
        var result = StringVector()
        switch (self, type) {
        case (.strings, _), (.codedStrings, _): return plainStrings
        case (.integers(let values), .bool):
            for value in values { result.append((value != 0 ? "true" : "false").utf8) }
        case (.integers(let values), .int64):
            for value in values { result.append(String(Int64(bitPattern: value)).utf8) }
        case (.integers(let values), .uint64):
            for value in values { result.append(String(value).utf8) }
        case (.timestamps(let values, let forms), _):
            for (value, form) in zip(values, forms) {
                guard form <= UInt64(UInt32.max),
                    TimestampText.append(Int64(bitPattern: value), form: UInt32(form), to: &result.bytes)
                else { return nil }
                result.ends.append(UInt32(result.bytes.count))
            }
        case (.fixed(let bytes, let width), _):
            for index in 0..<bytes.count / width {
                let id = IdentifierText.Value(
                    type: type, first: word(bytes, at: index * width),
                    second: width == 16 ? word(bytes, at: index * width + 8) : 0)
                IdentifierText.append(id, to: &result.bytes)
                result.ends.append(UInt32(result.bytes.count))
            }
        default: return nil
        }
        return result
    }
}

/// The eight bytes at an offset as a word, the lowest address in the low byte.
private func word(_ bytes: [UInt8], at offset: Int) -> UInt64 {
    var word: UInt64 = 0
    for place in (0..<8).reversed() { word = word << 8 | UInt64(bytes[offset + place]) }
    return word
}
