import Bytes
import Columns
import TimeQL

extension ValueTest {
    /// Which values of a column pass. The entries of a dictionary are looked at once.
    func matches(_ values: ColumnVector, type: ColumnType) -> Bitmap {
        switch self {
        case .exists: return Bitmap(count: values.count, repeating: true)
        case .isNull: return Bitmap(count: values.count, repeating: type == .null)
        case .anyOf(let tests):
            var found = Bitmap(count: values.count)
            for test in tests { found.formUnion(test.matches(values, type: type)) }
            return found
        case .allOf(let tests):
            var found = Bitmap(count: values.count, repeating: true)
            for test in tests { found.formIntersection(test.matches(values, type: type)) }
            return found
        case .anyElement(let test) where type != .array: return test.matches(values, type: type)
        default: break
        }
        switch (values, type) {
        case (.codedStrings(let dictionary, let codes), _):
            let entries = matches(dictionary, type: type)
            return bitmap(codes.count) { entries[Int(codes[$0])] }
        case (.strings(let strings), _): return matches(strings, type: type)
        case (.integers(let words), .bool): return bitmap(words.count) { passes(boolean: words[$0] != 0) }
        case (.integers(let words), .int64):
            return bitmap(words.count) { passes(number: .int64(Int64(bitPattern: words[$0]))) }
        case (.integers(let words), .uint64): return bitmap(words.count) { passes(number: .uint64(words[$0])) }
        case (.doubles(let numbers), _): return bitmap(numbers.count) { passes(number: .double(numbers[$0])) }
        case (.timestamps(let words, _), _):
            if case .time(let comparison, let time) = self {
                return bitmap(words.count) { comparison.holds(Int64(bitPattern: words[$0]), time) }
            }
            return values.texts(type: type).map { matches($0, type: .string) } ?? Bitmap(count: values.count)
        case (.fixed, _):
            return values.texts(type: type).map { matches($0, type: .string) } ?? Bitmap(count: values.count)
        default: return Bitmap(count: values.count)
        }
    }

    private func bitmap(_ count: Int, _ isSet: (Int) -> Bool) -> Bitmap {
        var bitmap = Bitmap(count: count)
        for index in 0..<count where isSet(index) { bitmap[index] = true }
        return bitmap
    }

    private func matches(_ strings: StringVector, type: ColumnType) -> Bitmap {
        switch (self, type) {
        case (.number(let comparison, let number), .numberText):
            let bytes = strings.bytes.span
            let ranges = number.doubleRanges(comparison)
            return bitmap(strings.count) { index in
                let value = NumberText.nearestDouble(bytes.extracting(strings.range(index)))
                return ranges?.contains { $0.contains(value) } ?? passes(number: .double(value))
            }
        case (.failure, .numberText):
            return bitmap(strings.count) { passes(number: .double(NumberText.nearestDouble(strings[$0].span))) }
        case (.anyElement(let test), .array):
            return bitmap(strings.count) { index in
                ArrayElements(strings[index]).contains { test.passes($0) }
            }
        case (_, .numberText), (_, .array), (_, .bytes): return Bitmap(count: strings.count)
        case (.text(.equal, let wanted), _): return strings.matches(.equal(wanted))
        case (.contains(let part), _): return strings.matches(.contains(part))
        default: return bitmap(strings.count) { passes(text: strings[$0]) }
        }
    }

    private func passes(_ element: ArrayElements.Element) -> Bool {
        switch self {
        case .anyOf(let tests): return tests.contains { $0.passes(element) }
        case .allOf(let tests): return tests.allSatisfy { $0.passes(element) }
        default: break
        }
        return switch element {
        case .text(let text): passes(text: text[...])
        case .number(let number): passes(number: number)
        case .boolean(let value): passes(boolean: value)
        case .other: false
        }
    }

    private func passes(text: ArraySlice<UInt8>) -> Bool {
        switch self {
        case .text(.equal, let wanted): return text.elementsEqual(wanted)
        case .text(.notEqual, let wanted): return !text.elementsEqual(wanted)
        case .text(let comparison, let wanted):
            let isLess = text.lexicographicallyPrecedes(wanted)
            let isEqual = !isLess && text.elementsEqual(wanted)
            return comparison.holds(isLess ? -1 : isEqual ? 0 : 1, 0)
        case .like(let pattern): return pattern.matches(text)
        case .matches(let expression): return expression.matches(text)
        case .contains(let part):
            return StringVector(bytes: Array(text), ends: [UInt32(text.count)]).matches(.contains(part))[0]
        case .severity(let comparison, let severity):
            return Severity(String(decoding: text, as: UTF8.self)).map { comparison.holds($0, severity) } ?? false
        case .failure:
            let word = String(decoding: text, as: UTF8.self).lowercased()
            return ["error", "failed", "failure", "fail", "status_code_error"].contains(word)
                || (Int(word).map { $0 >= 400 } ?? false)
        default: return false
        }
    }

    private func passes(boolean: Bool) -> Bool {
        switch self {
        case .boolean(let comparison, let wanted): comparison.holds(boolean ? 1 : 0, wanted ? 1 : 0)
        // A status that is a truth tells of success.
        case .failure: !boolean
        default: false
        }
    }

    private func passes(number: NumberText.Value) -> Bool {
        switch self {
        case .number(let comparison, let wanted):
            if case .double(let value) = number, value.isNaN { return false }
            return comparison.holds(number.order(wanted), 0)
        case .failure: return number.order(.int64(400)) >= 0
        case .severity(let comparison, let severity):
            // The numbers of OpenTelemetry.
            guard case .int64(let value) = number, (1...24).contains(value) else { return false }
            return comparison.holds(Int(value), severity.rawValue)
        default: return false
        }
    }
}

extension NumberText.Value {
    /// −1, 0 or 1: whether it is less than another number, equal or greater, exactly.
    func order(_ other: NumberText.Value) -> Int {
        switch (self, other) {
        case (.int64(let left), .int64(let right)): return left < right ? -1 : left == right ? 0 : 1
        case (.uint64(let left), .uint64(let right)): return left < right ? -1 : left == right ? 0 : 1
        // Only what is 2^63 or more is unsigned.
        case (.int64, .uint64): return -1
        case (.uint64, .int64): return 1
        case (.double(let left), .double(let right)): return left < right ? -1 : left == right ? 0 : 1
        case (.int64(let left), .double(let right)): return Self.order(left, right)
        case (.double(let left), .int64(let right)): return -Self.order(right, left)
        case (.uint64(let left), .double(let right)): return Double(left) < right ? -1 : Double(left) == right ? 0 : 1
        case (.double, .uint64): return -other.order(self)
        default: return 1
        }
    }

    /// A double may lie between two integers, and beyond them all.
    private static func order(_ left: Int64, _ right: Double) -> Int {
        if right >= 0x1p63 { return -1 }
        if right < -0x1p63 { return 1 }
        let whole = Int64(right.rounded(.down))
        if left != whole { return left < whole ? -1 : 1 }
        return right > right.rounded(.down) ? -1 : 0
    }
}
