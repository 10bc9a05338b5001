import Bytes
import CSimdJSON

/// A document whose values were masked, as a line of JSON again.
enum DocumentText {
    /// The line with its line feed.
    static func line(_ document: traversion_json_document) -> [UInt8] {
        var text: [UInt8] = [Byte.openBrace]
        var isFirst = true
        var index = 0
        while unsafe index < document.member_count {
            let member = unsafe document.members[index]
            let kind = unsafe Int(member.kind)
            if kind == droppedMember {
                unsafe index += Int(member.integer)
                continue
            }
            index += 1
            if kind == traversion_json_object_end {
                text.append(Byte.closeBrace)
                isFirst = false
                continue
            }
            if !isFirst { text.append(Byte.comma) }
            unsafe text += JSONText.quoted(UnsafeBufferPointer(start: member.key, count: Int(member.key_length)))
            text.append(Byte.colon)
            isFirst = kind == traversion_json_object_start
            unsafe append(member, kind, to: &text)
        }
        text += [Byte.closeBrace, Byte.lineFeed]
        return text
    }

    private static func append(_ member: traversion_json_member, _ kind: Int, to text: inout [UInt8]) {
        switch kind {
        case traversion_json_object_start: text.append(Byte.openBrace)
        case traversion_json_empty_object: text += [Byte.openBrace, Byte.closeBrace]
        case traversion_json_string:
            unsafe text += JSONText.quoted(UnsafeBufferPointer(start: member.text, count: Int(member.text_length)))
        case traversion_json_true: text += Array("true".utf8)
        case traversion_json_false: text += Array("false".utf8)
        case traversion_json_null: text += Array("null".utf8)
        default: unsafe text += UnsafeBufferPointer(start: member.text, count: Int(member.text_length))
        }
    }
}
