/// What messages have in common when their variables are left out: the literal text of each, with a mark in the place of
/// every variable.
package struct MessagePatterns {
    /// Stands for a variable.
    package static let mark: StaticString = "<*>"

    /// The pattern of each message.
    package let codes: [UInt32]
    /// The patterns in order of first appearance.
    package let texts: [[UInt8]]

    package init(_ messages: StringVector) {
        // There are no more patterns than messages.
        guard let found = FoundTemplates(messages, limit: messages.count) else {
            preconditionFailure("more patterns than messages")
        }
        codes = found.codes
        texts = (0..<found.templateCount).map { template in
            var text: [UInt8] = []
            for (place, literal) in found.literals(of: template).enumerated() {
                if place > 0 { Self.mark.withUTF8Buffer { unsafe text.append(contentsOf: $0) } }
                text += messages.bytes[literal]
            }
            return text
        }
    }
}
