import CSimdJSON
import Columns

extension EventAppender {
    /// Appends a value that is not an object with members, in the column of its type (Format/Segment.md, 6.2). False
    /// when there can be no such column.
    @inline(__always)
    mutating func appendValue(_ member: UnsafeMutablePointer<traversion_json_member>, _ kind: Int, _ path: UInt32)
        -> Bool
    {
        switch kind {
        case traversion_json_string: return unsafe appendString(member, path)
        case traversion_json_int64: return unsafe append(UInt64(bitPattern: member.pointee.integer), .int64, path)
        case traversion_json_number: return unsafe appendNumber(member, path)
        case traversion_json_false: return append(0, .bool, path)
        case traversion_json_true: return append(1, .bool, path)
        case traversion_json_null: return appendPresence(.null, path)
        case traversion_json_array: return unsafe appendText(member, .array, path)
        case traversion_json_uint64: return unsafe append(UInt64(bitPattern: member.pointee.integer), .uint64, path)
        default: return appendPresence(.emptyObject, path)
        }
    }

    @inline(__always)
    private mutating func appendString(_ member: UnsafeMutablePointer<traversion_json_member>, _ path: UInt32) -> Bool {
        if unsafe Self.mayBeIdentifierOrTimestamp(member) {
            if let appended = unsafe appendIdentifierOrTimestamp(member, path) { return appended }
        }
        return unsafe appendText(member, .string, path)
    }

    /// Ids have few lengths, and timestamps with a zone a dash behind the year: what is neither needs no call to tell.
    @inline(__always)
    private static func mayBeIdentifierOrTimestamp(_ member: UnsafeMutablePointer<traversion_json_member>) -> Bool {
        let length = unsafe member.pointee.text_length
        guard length &- 16 <= 20 else { return false }
        return unsafe length == 16 || length == 32 || length == 36
            || length >= 19 && member.pointee.text[4] == UInt8(ascii: "-")
    }

    /// Nil when the text is neither.
    private mutating func appendIdentifierOrTimestamp(
        _ member: UnsafeMutablePointer<traversion_json_member>, _ path: UInt32
    ) -> Bool? {
        let bytes = unsafe UnsafeBufferPointer(start: member.pointee.text, count: Int(member.pointee.text_length))
        let text = unsafe bytes.span
        if let id = IdentifierText.parse(text) {
            guard let ordinal = ordinal(path, id.type) else { return false }
            if id.type.layout == .fixed8 {
                cursor.append(word: id.first, to: ordinal)
            } else {
                cursor.append(words: id.first, id.second, to: ordinal)
            }
            return true
        }
        guard let (nanoseconds, form) = timestamps.parse(text) else { return nil }
        switch TimestampForm(rawValue: form).zone {
        case .utc, .hoursColonMinutes, .hoursMinutes: break
        case .none, .hours: return nil
        }
        guard let ordinal = ordinal(path, .timestamp) else { return false }
        cursor.append(nanoseconds: nanoseconds, form: form, to: ordinal)
        return true
    }

    private mutating func appendNumber(_ member: UnsafeMutablePointer<traversion_json_member>, _ path: UInt32) -> Bool {
        let bytes = unsafe UnsafeBufferPointer(start: member.pointee.text, count: Int(member.pointee.text_length))
        switch NumberText.classify(unsafe bytes.span) {
        case .double(let value): return append(value.bitPattern, .double, path)
        default: return unsafe appendText(member, .numberText, path)
        }
    }

    @inline(__always)
    private mutating func appendText(
        _ member: UnsafeMutablePointer<traversion_json_member>, _ type: ColumnType, _ path: UInt32
    ) -> Bool {
        guard let ordinal = ordinal(path, type) else { return false }
        unsafe cursor.append(
            UnsafeBufferPointer(start: member.pointee.text, count: Int(member.pointee.text_length)), to: ordinal)
        return true
    }

    @inline(__always)
    private mutating func append(_ word: UInt64, _ type: ColumnType, _ path: UInt32) -> Bool {
        guard let ordinal = ordinal(path, type) else { return false }
        cursor.append(word: word, to: ordinal)
        return true
    }

    private mutating func appendPresence(_ type: ColumnType, _ path: UInt32) -> Bool {
        guard let ordinal = ordinal(path, type) else { return false }
        cursor.appendPresence(ordinal)
        return true
    }
}
