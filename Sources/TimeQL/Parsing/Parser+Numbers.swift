import Bytes
import Columns

/// Numbers, their units, and lengths of time.
extension Parser {
    mutating func quantity() throws(QueryError) -> Quantity {
        note("a number")
        let isNegative = try acceptSign()
        note("a number")
        guard try peek().kind == .number else { throw try unexpected() }
        let range = try take().range
        let end = numberEnd(range)
        var unit: Unit?
        if end < range.end {
            unit = try readUnit(SourceRange(end, range.end))
        } else if try peek().kind == .word, let named = Unit(string(try peek().range)) {
            try take()
            unit = named
        }
        return Quantity(number: try number(SourceRange(range.start, end), isNegative), unit: unit)
    }

    private mutating func acceptSign() throws(QueryError) -> Bool {
        if try peek().kind == .mark(.minus) {
            try take()
            return true
        }
        if try peek().kind == .mark(.plus) { try take() }
        return false
    }

    private func readUnit(_ range: SourceRange) throws(QueryError) -> Unit {
        let name = string(range)
        if let unit = Unit(name) { return unit }
        let near = nearestName(to: name, among: Unit.names).map { "did you mean \($0)?" }
        throw QueryError(
            .name, "'\(name)' is no unit", at: range,
            hint: near ?? "times and ids that begin with a digit stand in single quotes")
    }

    /// Where the digits end and the unit begins.
    private func numberEnd(_ range: SourceRange) -> Int {
        let bytes = lexer.bytes
        var index = range.start
        while index < range.end, Byte.isDigit(bytes[index]) || bytes[index] == UInt8(ascii: ".") { index += 1 }
        if index < range.end, bytes[index] | 0x20 == UInt8(ascii: "e") {
            var digits = index + 1
            if digits < range.end, bytes[digits] == UInt8(ascii: "+") || bytes[digits] == Byte.dash { digits += 1 }
            if digits < range.end, Byte.isDigit(bytes[digits]) {
                index = digits
                while index < range.end, Byte.isDigit(bytes[index]) { index += 1 }
            }
        }
        return index
    }

    private func number(_ range: SourceRange, _ isNegative: Bool) throws(QueryError) -> NumberText.Value {
        // JSON, whose numbers these become, has no zeros in front but for one before the point.
        var digits = lexer.bytes[range.start..<range.end].drop { $0 == Byte.zero }
        if digits.first.map(Byte.isDigit) != true {
            digits =
                digits.startIndex > range.start
                ? lexer.bytes[(digits.startIndex - 1)..<range.end] : [Byte.zero] + digits
        }
        let text = (isNegative ? [Byte.dash] : []) + digits
        let value = NumberText.classify(text.span)
        guard case .text = value else { return value }
        // More digits than any type has: the nearest double is what is compared.
        guard let double = Double(String(decoding: text, as: UTF8.self)), double.isFinite else {
            throw QueryError(.meaning, "this number is too large", at: range)
        }
        return .double(double)
    }

    /// A whole number from 0.
    mutating func count() throws(QueryError) -> Count {
        note("a whole number")
        let token = try peek()
        guard token.kind == .number, let value = Int(string(token.range)) else { throw try unexpected() }
        try take()
        return Count(value: value, range: token.range)
    }

    /// A number from 0 to 1, or percents.
    mutating func fraction() throws(QueryError) -> Double {
        let start = try peek().range
        let quantity = try quantity()
        let value = quantity.unit?.dimension == .percent ? quantity.number.double / 100 : quantity.number.double
        guard quantity.unit == nil || quantity.unit?.dimension == .percent, value >= 0, value <= 1 else {
            throw QueryError(.meaning, "this is to be from 0 to 1", at: start.through(lastRange))
        }
        return value
    }

    /// Numbers with units of time, added up.
    mutating func duration() throws(QueryError) -> Duration {
        note("a length of time such as 5 minutes")
        let start = try peek().range
        var total: Int64 = 0
        repeat {
            let range = try peek().range
            let nanoseconds = try quantity().nanoseconds
            guard let nanoseconds else {
                let next = try peek()
                if next.kind == .word, let near = nearestName(to: string(next.range), among: Unit.names) {
                    throw QueryError(
                        .name, "'\(string(next.range))' is no unit of time", at: next.range,
                        hint: "did you mean \(near)?")
                }
                throw QueryError(
                    .syntax, "a length of time needs a unit, such as 5 minutes or 30s", at: range.through(lastRange))
            }
            let (sum, overflows) = total.addingReportingOverflow(nanoseconds)
            guard !overflows, sum >= 0 else {
                throw QueryError(.meaning, "this length of time is out of range", at: start.through(lastRange))
            }
            total = sum
        } while try peek().kind == .number
        return Duration(nanoseconds: total, range: start.through(lastRange))
    }
}

extension NumberText.Value {
    var double: Double {
        switch self {
        case .int64(let value): Double(value)
        case .uint64(let value): Double(value)
        case .double(let value): value
        case .text: .nan
        }
    }
}

extension Quantity {
    /// Nil when the unit is none of time, or there are too many.
    var nanoseconds: Int64? {
        guard let unit, unit.dimension == .duration else { return nil }
        if case .int64(let value) = number {
            let (product, overflows) = value.multipliedReportingOverflow(by: unit.factor)
            return overflows ? Int64.max : product
        }
        return Int64(exactly: (number.double * Double(unit.factor)).rounded())
    }
}
