internal import Bytes

/// Looking for texts among numbers: the wanted texts are parsed, the stored ones are not rendered.
extension StringNode {
    /// Which of the values of a node of texts are one of the wanted texts.
    func match(texts wanted: [[UInt8]], count: Int, in environment: any PageEnvironment) throws(DecodeError) -> Bitmap {
        switch self {
        case .integerText(digits: 0, let values):
            return try Self.match(values, wanted, count: count, in: environment) {
                DecimalText.parseSigned($0).map { UInt64(bitPattern: $0) }
            }
        case .integerText(let digits, let values):
            return try Self.match(values, wanted, count: count, in: environment) {
                DecimalText.parsePadded($0, digits: digits)
            }
        case .fixedPointText(let decimals, let values):
            return try Self.match(values, wanted, count: count, in: environment) {
                FixedPointText.parse($0, decimals: decimals).map { UInt64(bitPattern: $0) }
            }
        case .hexNumberText(let isUpper, let digits, let values):
            return try Self.match(values, wanted, count: count, in: environment) {
                HexNumberText.parse($0, isUpper: isUpper, digits: digits)
            }
        case .ipv4Text(let addresses):
            return try Self.match(addresses, wanted, count: count, in: environment) {
                IPv4Text.parse($0).map { UInt64($0) }
            }
        case .hexText(let isUpper, let byteCount, let bytes):
            let ids = wanted.compactMap { text -> [UInt8]? in
                var id: [UInt8] = []
                let isText = text.count == 2 * byteCount && HexText.append(text.span, isUpper: isUpper, to: &id)
                return isText ? id : nil
            }
            return try Self.match(bytes, byteCount: byteCount, ids, count: count, in: environment)
        case .uuidText(let isUpper, let bytes):
            let ids = wanted.compactMap { text -> [UInt8]? in
                guard let (first, second) = IdentifierText.parseUUID(text.span, isUpper: isUpper) else { return nil }
                return [first, second].flatMap { word in
                    (0..<8).map { UInt8(truncatingIfNeeded: word >> UInt64(8 * $0)) }
                }
            }
            return try Self.match(bytes, byteCount: 16, ids, count: count, in: environment)
        case .timestampText(let nanoseconds, let forms):
            return try Self.match(nanoseconds, forms, wanted, count: count, in: environment)
        default:
            return try decode(count: count, rows: .unknown, in: environment).matches(.anyOf(wanted))
        }
    }

    /// Which values are the numbers that wanted texts show; a text that shows none matches nothing.
    private static func match(
        _ values: IntegerNode, _ wanted: [[UInt8]], count: Int, in environment: any PageEnvironment,
        _ parse: (borrowing Span<UInt8>) -> UInt64?
    ) throws(DecodeError) -> Bitmap {
        let numbers = wanted.compactMap { parse($0.span) }
        if numbers.isEmpty { return Bitmap(count: count) }
        return try values.matches(.set(numbers), count: count, rows: .unknown, in: environment)
    }

    /// The instants that the wanted texts show, then those of them that are shown in the same form.
    private static func match(
        _ nanoseconds: IntegerNode, _ forms: IntegerNode, _ wanted: [[UInt8]], count: Int,
        in environment: any PageEnvironment
    ) throws(DecodeError) -> Bitmap {
        let instants = wanted.compactMap { TimestampText.parse($0.span).map { UInt64(bitPattern: $0.nanoseconds) } }
        if instants.isEmpty { return Bitmap(count: count) }
        var matches = try nanoseconds.matches(.set(instants), count: count, rows: .unknown, in: environment)
        if matches.isEmpty { return matches }
        let values = try nanoseconds.decode(count: count, rows: .unknown, in: environment)
        let forms = try forms.decode(count: count, rows: .unknown, in: environment)
        let found = matches
        found.forEachSet { index in
            var text: [UInt8] = []
            let isShown =
                forms[index] <= UInt64(UInt32.max)
                && TimestampText.append(
                    Int64(bitPattern: values[index]), form: UInt32(forms[index]), to: &text)
            matches[index] = isShown && wanted.contains(text)
        }
        return matches
    }

    /// Which of the values of `byteCount` bytes each are wanted.
    static func match(
        _ buffer: StoredBuffer, byteCount: Int, _ wanted: [[UInt8]], count: Int, in environment: any PageEnvironment
    ) throws(DecodeError) -> Bitmap {
        if wanted.isEmpty { return Bitmap(count: count) }
        let bytes = Array(try buffer.raw(in: environment))
        let ends = StringVector.ends(count: count, byteCount: byteCount)
        return StringVector(bytes: bytes, ends: ends).matches(wanted.count == 1 ? .equal(wanted[0]) : .anyOf(wanted))
    }
}
