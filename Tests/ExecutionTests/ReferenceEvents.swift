import Columns
import TimeQL

/// An event as plain code sees it.
struct ReferenceEvent {
    enum Value: Equatable {
        case null
        case boolean(Bool)
        case integer(Int64)
        case number(Double)
        case text(String)
        case list([Value])
    }

    /// Nanoseconds since 1970.
    var time: Int64
    /// In order of their keys; a key with a point stands for an object in an object.
    var members: [(key: String, value: Value)]

    /// The member of a key, or of one that ends with it.
    func value(_ key: String) -> Value? { members.first { $0.key == key || $0.key.hasSuffix("." + key) }?.value }

    /// As a line of compact JSON.
    var line: String {
        var seconds = (time / 1_000_000_000) % 86_400
        let hour = seconds / 3600
        seconds %= 3600
        func pad(_ number: Int64) -> String { number < 10 ? "0\(number)" : "\(number)" }
        var parts = ["\"timestamp\":\"2026-03-02T\(pad(hour)):\(pad(seconds / 60)):\(pad(seconds % 60))Z\""]
        for (key, value) in members {
            let path = key.split(separator: ".")
            parts.append("\"\(path[0])\":" + (path.count == 2 ? "{\"\(path[1])\":\(value.json)}" : value.json))
        }
        return "{" + parts.joined(separator: ",") + "}"
    }

    /// Whether the event fulfils a condition: every test on its own, nothing clever.
    func fulfils(_ predicate: Predicate) -> Bool {
        switch predicate {
        case .all(let parts): parts.allSatisfy(fulfils)
        case .any(let parts): parts.contains(where: fulfils)
        case .not(let part): !fulfils(part)
        case .constant(let value): value
        case .flag(let field): value(field.text) == .boolean(true)
        case .comparison(let operand, let comparison, let literal):
            values(operand).contains {
                holds($0, comparison, literal.inUnit(of: operand), isSeverity: operand.field.text == "severity")
            }
        case .oneOf(let operand, let literals):
            values(operand).contains { value in literals.contains { holds(value, .equal, $0, isSeverity: false) } }
        case .between(let operand, let low, let high):
            values(operand).contains {
                holds($0, .atLeast, low, isSeverity: false) && holds($0, .atMost, high, isSeverity: false)
            }
        case .text(let operand, let test, let literal):
            values(operand).contains { value in
                guard case .text(let text) = value, case .text(let wanted) = literal.value else { return false }
                return Self.holds(text, test, wanted)
            }
        case .exists(let field): value(field.text) != nil
        case .isNull(let field): value(field.text) == nil || value(field.text) == .null
        }
    }

    /// What is tested: of an array under ANY each element, else the value.
    private func values(_ operand: Predicate.Operand) -> [Value] {
        let value = value(operand.field.text)
        if operand.isAnyElement, case .list(let elements) = value { return elements }
        return value.map { [$0] } ?? []
    }

    private static func holds(_ text: String, _ test: Predicate.TextTest, _ wanted: String) -> Bool {
        switch test {
        case .contains: Array(text.utf8).contains(Array(wanted.utf8))
        case .like: like(Array(text), Array(wanted))
        case .likeAnyCase: like(Array(text.lowercased()), Array(wanted.lowercased()))
        case .matches:
            switch wanted {
            case "^a+b": text.first == "a" && text.drop { $0 == "a" }.first == "b"
            case "b.?a$": text.hasSuffix("ba") || text.dropLast(2).last == "b" && text.last == "a"
            case "[A-Z]": text.contains { $0.isUppercase }
            default: text.isEmpty
            }
        }
    }

    static func like(_ text: [Character], _ pattern: [Character]) -> Bool {
        guard let first = pattern.first else { return text.isEmpty }
        let rest = Array(pattern.dropFirst())
        if first == "%" { return (0...text.count).contains { like(Array(text.dropFirst($0)), rest) } }
        guard let next = text.first, first == "_" || first == next else { return false }
        return like(Array(text.dropFirst()), rest)
    }

    private static let severities = ["DEBUG", "INFO", "WARN", "ERROR", "FATAL"]

    private func holds(
        _ value: Value?, _ comparison: Predicate.Comparison, _ literal: Literal, isSeverity: Bool
    ) -> Bool {
        func compare<Operand: Comparable>(_ left: Operand, _ right: Operand) -> Bool {
            switch comparison {
            case .equal: left == right
            case .notEqual: left != right
            case .less: left < right
            case .atMost: left <= right
            case .greater: left > right
            case .atLeast: left >= right
            }
        }
        switch (value, literal.value) {
        case (.text(let left), .text(let right)):
            if isSeverity, comparison != .equal, comparison != .notEqual {
                guard let first = Self.severities.firstIndex(of: left),
                    let second = Self.severities.firstIndex(of: right)
                else { return false }
                return compare(first, second)
            }
            return compare(Array(left.utf8).map { Int($0) }.padded, Array(right.utf8).map { Int($0) }.padded)
        case (.boolean(let left), .boolean(let right)): return compare(left ? 1 : 0, right ? 1 : 0)
        case (.integer(let left), .number(let right)): return compare(Double(left), right.value)
        case (.number(let left), .number(let right)): return compare(left, right.value)
        default: return false
        }
    }
}

extension Literal {
    /// Fields are in milliseconds or percent, as their names have it.
    fileprivate func inUnit(of operand: Predicate.Operand) -> Literal {
        guard case .number(let quantity) = value, let unit = quantity.unit else { return self }
        let isTime = operand.field.text == "waitMs"
        guard (unit.dimension == .duration) == isTime else { return Literal(value: .null, range: range) }
        let number = quantity.value * Double(unit.factor) / (isTime ? 1e6 : 1)
        return Literal(value: .number(Quantity(number: .double(number), unit: nil)), range: range)
    }
}

extension Quantity {
    fileprivate var value: Double {
        switch number {
        case .int64(let value): Double(value)
        case .uint64(let value): Double(value)
        case .double(let value): value
        case .text: .nan
        }
    }
}

/// Arrays that are compared by their elements, the shorter first.
struct PaddedArray: Comparable {
    var elements: [Int]
    static func < (left: PaddedArray, right: PaddedArray) -> Bool {
        left.elements.lexicographicallyPrecedes(right.elements)
    }
}

extension [Int] {
    fileprivate var padded: PaddedArray { PaddedArray(elements: self) }
}

extension ReferenceEvent.Value {
    var json: String {
        switch self {
        case .null: "null"
        case .boolean(let value): "\(value)"
        case .integer(let value): "\(value)"
        case .number(let value): "\(value)"
        case .text(let text): "\"\(text)\""
        case .list(let elements): "[\(elements.map(\.json).joined(separator: ","))]"
        }
    }

    /// As a group shows it.
    var shown: String? { self == .null ? nil : json.trimmed }
}

extension String {
    fileprivate var trimmed: String { hasPrefix("\"") ? String(dropFirst().dropLast()) : self }
}
