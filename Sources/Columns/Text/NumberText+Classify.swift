extension NumberText {
    /// What a literal is kept as. Anything that is not a number literal of JSON is `text`.
    public static func classify(_ literal: borrowing Span<UInt8>) -> Value {
        if let integer = DecimalText.parseSigned(literal) { return .int64(integer) }
        guard literal.count > 0 else { return .text }
        let isNegative = literal[0] == UInt8(ascii: "-")
        guard let scan = Scan(literal, from: isNegative ? 1 : 0) else {
            // Below 2^63 it were an int64.
            guard literal[0] > UInt8(ascii: "0"), literal[0] <= UInt8(ascii: "9"),
                let magnitude = DecimalText.magnitude(literal, from: 0, to: literal.count)
            else { return .text }
            return .uint64(magnitude)
        }
        let magnitude = scan.number.nearestDouble
        guard scan.isSurelyShortest || scan.isShortest(for: magnitude) else { return .text }
        return .double(isNegative ? -magnitude : magnitude)
    }

    /// The digits of a literal that has the form of a canonical double.
    private struct Scan {
        var number: DecimalNumber
        var digitCount: Int

        /// nil when no double has a canonical text of this form.
        init?(_ literal: borrowing Span<UInt8>, from start: Int) {
            let end = literal.count
            var digits: UInt64 = 0
            var position = start
            Scan.read(literal, &position, &digits)
            let wholeCount = position &- start
            guard wholeCount > 0, position < end else { return nil }
            let hasZeroWhole = digits == 0
            // Leading zeros stand only alone, and a canonical text has no more than 16 digits before its point.
            guard wholeCount == 1 || literal[start] != UInt8(ascii: "0"), wholeCount <= 16 else { return nil }

            var fractionCount = 0
            var isWhole = true
            if literal[position] == UInt8(ascii: ".") {
                position &+= 1
                let fractionStart = position
                let whole = digits
                Scan.read(literal, &position, &digits)
                fractionCount = position &- fractionStart
                // At most three zeros stand before the digits; so 20 do not go over 64 bits.
                guard fractionCount > 0,
                    fractionCount <= 19 || fractionCount == 20 && literal[fractionStart] == UInt8(ascii: "0")
                else { return nil }
                let endsInZero = literal[position &- 1] == UInt8(ascii: "0")
                isWhole = fractionCount == 1 && endsInZero
                guard isWhole || !endsInZero else { return nil }
                if isWhole { digits = whole }
            } else if literal[position] != UInt8(ascii: "e") {
                return nil
            }
            digitCount = hasZeroWhole ? DecimalText.digitCount(digits) : wholeCount &+ (isWhole ? 0 : fractionCount)
            guard digitCount <= maximumDigitCount else { return nil }
            number = DecimalNumber(digits: digits, exponent: isWhole ? 0 : 0 &- fractionCount)
            if position == end {
                guard digits == 0 || fixedExponents.contains(number.exponent &+ digitCount &- 1) else { return nil }
                return
            }
            // One digit but 0 before the point, and after it no lonely 0.
            guard literal[position] == UInt8(ascii: "e"), wholeCount == 1, !hasZeroWhole,
                !isWhole || fractionCount == 0,
                let exponent = Scan.exponent(literal, from: position &+ 1), !fixedExponents.contains(exponent)
            else { return nil }
            number.exponent &+= exponent
        }

        /// Appends the digits from `position` on. Too many of them wrap; counting tells that.
        @inline(__always)
        private static func read(_ literal: borrowing Span<UInt8>, _ position: inout Int, _ digits: inout UInt64) {
            while position < literal.count {
                let digit = literal[position] &- UInt8(ascii: "0")
                guard digit < 10 else { return }
                digits = digits &* 10 &+ UInt64(digit)
                position &+= 1
            }
        }

        /// A sign, then two digits, or three of which the first is not 0.
        private static func exponent(_ literal: borrowing Span<UInt8>, from start: Int) -> Int? {
            var position = start &+ 1
            var digits: UInt64 = 0
            read(literal, &position, &digits)
            guard position == literal.count, position &- start == 3 || position &- start == 4 && digits >= 100
            else { return nil }
            switch literal[start] {
            case UInt8(ascii: "+"): return Int(digits)
            case UInt8(ascii: "-"): return -Int(digits)
            default: return nil
            }
        }

        /// Two decimals of 15 digits never share a double, so no shorter one can read back to this one's.
        var isSurelyShortest: Bool { digitCount <= safeDigitCount && (-290...290).contains(number.exponent) }

        func isShortest(for magnitude: Double) -> Bool {
            magnitude != 0 && magnitude.isFinite
                && number.trimmed == DecimalNumber(shortestFor: magnitude).trimmed
        }
    }
}
