import CRE2
import Columns

/// A regular expression of RE2: matching takes time in proportion to the text, whatever the expression.
@safe
final class RegularExpression: Sendable {
    private nonisolated(unsafe) let expression: OpaquePointer
    let text: String

    enum Failure: Error {
        /// Why it is none.
        case invalid(String)
    }

    init(_ text: String) throws(Failure) {
        self.text = text
        let bytes = Array(text.utf8)
        var reason = [CChar](repeating: 0, count: 256)
        guard let expression = unsafe traversion_regex_create(bytes, bytes.count, &reason, reason.count) else {
            let bytes = reason.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }
            throw .invalid(String(decoding: bytes, as: UTF8.self))
        }
        unsafe self.expression = expression
    }

    deinit { unsafe traversion_regex_destroy(expression) }

    /// A text that must stand, in either case, in all in which the expression is found; nil when none is known.
    var requiredText: SoughtText? {
        let bytes = Array(text.utf8)
        var required = [UInt8](repeating: 0, count: 64)
        let count = unsafe traversion_regex_required_text(bytes, bytes.count, &required, required.count)
        return count == 0 ? nil : SoughtText(Array(required.prefix(count)), anyCase: true)
    }

    /// Whether it is found anywhere in a text.
    func matches(_ text: ArraySlice<UInt8>) -> Bool {
        unsafe text.withUnsafeBufferPointer { bytes in
            unsafe traversion_regex_matches(expression, bytes.baseAddress, bytes.count) != 0
        }
    }
}

extension RegularExpression: Hashable {
    static func == (left: RegularExpression, right: RegularExpression) -> Bool { left.text == right.text }

    func hash(into hasher: inout Hasher) { hasher.combine(text) }
}
