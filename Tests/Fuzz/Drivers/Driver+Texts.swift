import Bytes

@testable import Columns

extension Driver {
    /// Any text: what is recognised is shown as the very same text.
    static let texts = Driver(
        name: "texts", summary: "numbers, times, ids and addresses in text are shown as they were", inputByteLimit: 64
    ) { input in
        let parameter = Int(input.byte())
        let text = Array(input.rest)
        func require(_ what: String, _ append: (inout [UInt8]) -> Void) {
            var shown: [UInt8] = [1, 2, 3]
            append(&shown)
            if shown[3...] != text[...] {
                fatalError("\(what): \(text) is shown as \(shown[3...])")
            }
        }
        if let number = DecimalText.parseSigned(text.span) {
            require("signed") { DecimalText.append(signed: number, to: &$0) }
        }
        switch NumberText.classify(text.span) {
        case .int64(let number): require("int64") { DecimalText.append(signed: number, to: &$0) }
        case .uint64(let number): require("uint64") { DecimalText.append(number, to: &$0) }
        case .double(let number): require("double") { NumberText.append(double: number, to: &$0) }
        case .text: break
        }
        let decimals = 1 + parameter % 18
        if let number = FixedPointText.parse(text.span, decimals: decimals) {
            require("fixed point") { FixedPointText.append(number, decimals: decimals, to: &$0) }
        }
        let digits = 1 + parameter / 2 % 16
        if let number = HexNumberText.parse(text.span, isUpper: parameter % 2 == 1, digits: digits) {
            require("hex number") { HexNumberText.append(number, isUpper: parameter % 2 == 1, digits: digits, to: &$0) }
        }
        if let address = IPv4Text.parse(text.span) { require("IPv4") { IPv4Text.append(address, to: &$0) } }
        if let id = IdentifierText.parse(text.span) { require("id") { IdentifierText.append(id, to: &$0) } }
        if let (nanoseconds, form) = TimestampText.parse(text.span) {
            require("timestamp") { _ = TimestampText.append(nanoseconds, form: form, to: &$0) }
            var forms = [form, form &+ 1]
            TimestampText.settle(forms: &forms, nanoseconds: [UInt64(bitPattern: nanoseconds), 0])
            require("settled timestamp") { _ = TimestampText.append(nanoseconds, form: forms[0], to: &$0) }
        }
        // And the other way round: any number in any form that shows it comes back from its text.
        var numbers = input
        let number = numbers.word()
        let form = UInt32(truncatingIfNeeded: numbers.word())
        var shown: [UInt8] = []
        if TimestampText.append(Int64(bitPattern: number), form: form, to: &shown) {
            let back = TimestampText.parse(shown.span)
            if back?.nanoseconds != Int64(bitPattern: number) { fatalError("\(number) in form \(form): \(shown)") }
        }
        shown = []
        let double = Double(bitPattern: number)
        NumberText.append(double: double, to: &shown)
        if double.isFinite, NumberText.classify(shown.span) != .double(double) {
            fatalError("\(double) is shown as \(shown)")
        }
    }
}
