internal import Bytes

extension TextPattern {
    /// The strings as texts of this pattern, with those that are none as exceptions; nil when too many are.
    ///
    /// A text counts as one of the pattern only when rendering what was parsed gives it back: a mistake here could
    /// cost room but never a value.
    func encoding(
        _ values: StringVector, profile: EncodingProfile, level: Int, memory: ChoiceMemory? = nil
    ) -> StringNode? {
        guard let (typed, misfits) = typed(values, profile: profile, memory: memory) else { return nil }
        var node = typed
        if !prefix.isEmpty || !suffix.isEmpty { node = .affix(prefix: prefix, suffix: suffix, child: node) }
        if misfits.positions.count > 0 {
            node = .exceptions(
                count: misfits.positions.count, positions: IntegerNode.encoding(misfits.positions, profile: profile),
                values: StringNode.encoding(misfits.strings, profile: profile, level: level + 1), child: node)
        }
        // Texts of bytes are not rendered one by one: decoding all of them is the proof.
        guard case .hex = kind else { return node }
        let decoded = try? node.decode(count: values.count, rows: .unknown, in: NoEnvironment(budget: .max))
        return decoded.map { $0.isEqual(to: values) } == true ? node : nil
    }

    /// The node of the texts that fit, and the others.
    private func typed(
        _ values: StringVector, profile: EncodingProfile, memory: ChoiceMemory?
    ) -> (StringNode, Misfits)? {
        switch kind {
        case .integer, .fixedPoint, .hexNumber, .ipv4:
            guard let (numbers, misfits) = numbers(of: values) else { return nil }
            return (node(IntegerNode.encoding(numbers, profile: profile, memory: memory?[.values])), misfits)
        case .timestamp:
            guard let (pairs, misfits) = timestamps(of: values) else { return nil }
            var nanoseconds = [UInt64](repeating: 0, count: pairs.count / 2)
            var forms = [UInt32](repeating: 0, count: pairs.count / 2)
            for index in nanoseconds.indices {
                nanoseconds[index] = pairs[2 &* index]
                forms[index] = UInt32(truncatingIfNeeded: pairs[2 &* index &+ 1])
            }
            TimestampText.settle(forms: &forms, nanoseconds: nanoseconds)
            let node = StringNode.timestampText(
                nanoseconds: IntegerNode.encoding(nanoseconds, profile: profile, memory: memory?[.values]),
                forms: IntegerNode.encoding(forms.map { UInt64($0) }, profile: profile, memory: memory?[.forms]))
            return (node, misfits)
        case .uuid(let isUpper):
            guard let (words, misfits) = uuids(of: values, isUpper: isUpper) else { return nil }
            let bytes = unsafe words.withUnsafeBytes { unsafe [UInt8]($0) }
            return (.uuidText(isUpper: isUpper, bytes: StoredBuffer.storing(bytes, profile: profile)), misfits)
        case .hex(let isUpper, let byteCount):
            guard let (bytes, misfits) = hexBytes(of: values, isUpper: isUpper, byteCount: byteCount) else {
                return nil
            }
            let buffer = StoredBuffer.storing(bytes, profile: profile)
            return (.hexText(isUpper: isUpper, byteCount: byteCount, bytes: buffer), misfits)
        }
    }

    /// The node of this kind of text over its numbers.
    private func node(_ numbers: IntegerNode) -> StringNode {
        switch kind {
        case .integer(let digits): .integerText(digits: digits, values: numbers)
        case .fixedPoint(let decimals): .fixedPointText(decimals: decimals, values: numbers)
        case .hexNumber(let isUpper, let digits): .hexNumberText(isUpper: isUpper, digits: digits, values: numbers)
        default: .ipv4Text(numbers)
        }
    }

    /// The numbers of texts that are one number each.
    private func numbers(of values: StringVector) -> (numbers: [UInt64], misfits: Misfits)? {
        switch kind {
        case .integer(digits: 0):
            unsafe collect(
                values, parse: { DecimalText.parseSigned($0, in: $1).map { UInt64(bitPattern: $0) } },
                render: { unsafe DecimalText.render(signed: Int64(bitPattern: $0), at: $1) })
        case .integer(let digits):
            unsafe collect(
                values, parse: { DecimalText.parsePadded($0, in: $1, digits: digits) },
                render: { unsafe DecimalText.render(padded: $0, digits: digits, at: $1) })
        case .fixedPoint(let decimals):
            unsafe collect(
                values,
                parse: { FixedPointText.parse($0, in: $1, decimals: decimals).map { UInt64(bitPattern: $0) } },
                render: { unsafe FixedPointText.render(Int64(bitPattern: $0), decimals: decimals, at: $1) })
        case .hexNumber(let isUpper, let digits):
            unsafe collect(
                values, parse: { HexNumberText.parse($0, in: $1, isUpper: isUpper, digits: digits) },
                render: { unsafe HexNumberText.render($0, isUpper: isUpper, digits: digits, at: $1) })
        default:
            unsafe collect(
                values, parse: { IPv4Text.parse($0, in: $1).map { UInt64($0) } },
                render: { unsafe IPv4Text.render(UInt32(truncatingIfNeeded: $0), at: $1) })
        }
    }
}
