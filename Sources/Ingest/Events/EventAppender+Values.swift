import CSimdJSON
import Columns

extension EventAppender {
    /// Appends a value that is not an object with members, in the column of its type (Format/Segment.md, 6.2). False
    /// when that column is new and one too many.
    @inline(__always)
    mutating func appendValue(_ member: UnsafeMutablePointer<traversion_json_member>, _ kind: Int, _ node: Int32)
        -> Bool
    {
        switch kind {
        case traversion_json_string: return unsafe appendString(member, node)
        case traversion_json_int64: return unsafe append(UInt64(bitPattern: member.pointee.integer), .int64, node)
        case traversion_json_number: return unsafe appendNumber(member, node)
        case traversion_json_false: return append(0, .bool, node)
        case traversion_json_true: return append(1, .bool, node)
        case traversion_json_null: return appendPresence(.null, node)
        case traversion_json_array: return unsafe appendText(member, .array, node)
        case traversion_json_uint64: return unsafe append(UInt64(bitPattern: member.pointee.integer), .uint64, node)
        default: return appendPresence(.emptyObject, node)
        }
    }

    @inline(__always)
    private mutating func appendString(_ member: UnsafeMutablePointer<traversion_json_member>, _ node: Int32) -> Bool {
        // Only texts of these lengths can be an id or a timestamp with a zone.
        if unsafe member.pointee.text_length &- 16 <= 20 {
            if let appended = unsafe appendIdentifierOrTimestamp(member, node) { return appended }
        }
        return unsafe appendText(member, .string, node)
    }

    /// Nil when the text is neither.
    private mutating func appendIdentifierOrTimestamp(
        _ member: UnsafeMutablePointer<traversion_json_member>, _ node: Int32
    ) -> Bool? {
        let bytes = unsafe UnsafeBufferPointer(start: member.pointee.text, count: Int(member.pointee.text_length))
        let text = unsafe bytes.span
        if let id = IdentifierText.parse(text) {
            guard let ordinal = ordinal(node, id.type) else { return false }
            if id.type.layout == .fixed8 {
                band.append(word: id.first, to: ordinal)
            } else {
                band.append(words: id.first, id.second, to: ordinal)
            }
            return true
        }
        guard let (nanoseconds, form) = TimestampText.parse(text) else { return nil }
        switch TimestampForm(rawValue: form).zone {
        case .utc, .hoursColonMinutes, .hoursMinutes: break
        case .none, .hours: return nil
        }
        guard let ordinal = ordinal(node, .timestamp) else { return false }
        band.append(nanoseconds: nanoseconds, form: form, to: ordinal)
        return true
    }

    private mutating func appendNumber(_ member: UnsafeMutablePointer<traversion_json_member>, _ node: Int32) -> Bool {
        let bytes = unsafe UnsafeBufferPointer(start: member.pointee.text, count: Int(member.pointee.text_length))
        switch NumberText.classify(unsafe bytes.span) {
        case .double(let value): return append(value.bitPattern, .double, node)
        default: return unsafe appendText(member, .numberText, node)
        }
    }

    @inline(__always)
    private mutating func appendText(
        _ member: UnsafeMutablePointer<traversion_json_member>, _ type: ColumnType, _ node: Int32
    ) -> Bool {
        guard let ordinal = ordinal(node, type) else { return false }
        unsafe band.append(
            UnsafeBufferPointer(start: member.pointee.text, count: Int(member.pointee.text_length)), to: ordinal)
        return true
    }

    @inline(__always)
    private mutating func append(_ word: UInt64, _ type: ColumnType, _ node: Int32) -> Bool {
        guard let ordinal = ordinal(node, type) else { return false }
        band.append(word: word, to: ordinal)
        return true
    }

    private mutating func appendPresence(_ type: ColumnType, _ node: Int32) -> Bool {
        guard let ordinal = ordinal(node, type) else { return false }
        band.appendPresence(ordinal)
        return true
    }
}
