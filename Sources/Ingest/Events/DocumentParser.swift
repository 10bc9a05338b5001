import CSimdJSON

/// Reads batches of lines into lists of members, one line at a time.
@safe
final class DocumentParser {
    private let parser: OpaquePointer
    /// The line that was read last. Behind a pointer, so that reading one needs no check for overlapping access.
    let document: UnsafeMutablePointer<traversion_json_document>

    init?() {
        guard let parser = unsafe traversion_json_create() else { return nil }
        unsafe self.parser = parser
        unsafe document = .allocate(capacity: 1)
        unsafe document.initialize(to: traversion_json_document())
    }

    deinit {
        unsafe document.deallocate()
        unsafe traversion_json_destroy(parser)
    }

    /// Begins a batch, which must have the padding behind it and stay as it is until the next one. False: no memory.
    func begin(_ lines: UnsafeBufferPointer<UInt8>) -> Bool {
        unsafe traversion_json_begin(parser, lines.baseAddress, lines.count) != 0
    }

    /// Reads the next line that is not empty into `document`; false at the end of the batch.
    func readNext() -> Bool { unsafe traversion_json_next(parser, document) != 0 }

    /// What is wrong with the line.
    var fault: LineError.Reason? {
        switch unsafe Int(document.pointee.error) {
        case traversion_json_fine: nil
        case traversion_json_out_of_memory: .outOfMemory
        case traversion_json_not_an_object: .notAnObject
        case traversion_json_truncated: .truncated
        case traversion_json_trailing_content: .trailingContent
        case traversion_json_expected_key: .expectedKey
        case traversion_json_expected_colon: .expectedColon
        case traversion_json_expected_comma_or_brace: .expectedCommaOrBrace
        case traversion_json_expected_comma_or_bracket: .expectedCommaOrBracket
        case traversion_json_bad_literal: .badLiteral
        case traversion_json_bad_number: .badNumber
        case traversion_json_bad_escape: .badEscape
        case traversion_json_lone_surrogate: .loneSurrogate
        case traversion_json_control_character: .controlCharacter
        case traversion_json_unclosed_string: .unclosedString
        case traversion_json_bad_utf8: .badUTF8
        case traversion_json_too_deep: .tooDeep
        default: .expectedValue
        }
    }

    /// Lines of the batch that were read, empty ones included.
    var lineCount: Int { unsafe traversion_json_line_count(parser) }
}
