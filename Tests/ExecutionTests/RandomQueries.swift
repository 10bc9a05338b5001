import Bytes

@testable import TimeQL

/// Events and conditions that a seed makes up.
struct RandomQueries {
    private var random: SplitMix64

    init(seed: UInt64) { random = SplitMix64(seed: seed) }

    /// 2026-03-02 00:00 UTC.
    static let start: Int64 = 1_772_409_600_000_000_000

    mutating func number(below limit: Int) -> Int { Int(random.next() % UInt64(limit)) }

    private mutating func pick<Element>(_ elements: [Element]) -> Element { elements[number(below: elements.count)] }

    /// Fields come and go, and some change their type from event to event.
    mutating func event() -> ReferenceEvent {
        var members: [(String, ReferenceEvent.Value)] = []
        if number(below: 8) > 0 { members.append(("service", .text(pick(["api", "cart", "db"])))) }
        if number(below: 4) > 0 {
            members.append(("severity", .text(pick(["DEBUG", "INFO", "WARN", "ERROR", "odd"]))))
        }
        if number(below: 2) > 0 {
            members.append(("message", .text(pick(["ab", "abc", "b_a", "Abc%", "", "aab ba"]))))
        }
        switch number(below: 5) {
        case 0: members.append(("x", .integer(Int64(number(below: 9)) - 4)))
        case 1: members.append(("x", .number(Double(number(below: 9)) / 2 + 0.25)))
        case 2: members.append(("x", .text("\(number(below: 9))")))
        case 3: members.append(("x", pick([.null, .boolean(true), .boolean(false)])))
        default: break
        }
        if number(below: 2) > 0 { members.append(("state.cpu", .integer(Int64(number(below: 100))))) }
        if number(below: 2) > 0 { members.append(("waitMs", .integer(Int64(number(below: 4000))))) }
        if number(below: 2) > 0 {
            let elements: [ReferenceEvent.Value] = [.integer(1), .integer(7), .text("a"), .text("é"), .boolean(true)]
            let list = (0..<number(below: 3)).map { _ in pick(elements + [.null, .number(2.5), .list([.text("a")])]) }
            members.append(("tags", number(below: 5) == 0 ? pick(elements) : .list(list)))
        }
        let second = Int64(number(below: 6 * 3600))
        return ReferenceEvent(time: Self.start + second * 1_000_000_000, members: members)
    }

    mutating func condition(depth: Int = 0) -> String {
        if depth < 3, number(below: 3) == 0 {
            let parts =
                (0..<(1 + number(below: 2))).map { _ in condition(depth: depth + 1) } + [condition(depth: depth + 1)]
            return "(" + parts.joined(separator: pick([" AND ", " OR "])) + ")"
        }
        if number(below: 6) == 0 { return "NOT " + condition(depth: depth + 1) }
        let comparison = pick(["=", "!=", "<", "<=", ">", ">="])
        switch number(below: 14) {
        case 0: return "service \(pick(["=", "!="])) '\(pick(["api", "cart", "none"]))'"
        case 1: return "severity \(comparison) '\(pick(["INFO", "WARN", "ERROR"]))'"
        case 2:
            return
                "message \(pick(["LIKE", "ILIKE", "NOT LIKE"])) '\(pick(["a%", "%b%", "a_", "%", "", "%a%b%", "_"]))'"
        case 3: return "message CONTAINS '\(pick(["ab", "%", "c"]))'"
        case 4: return "x \(comparison) \(pick(["0", "1.5", "-2", "3"]))"
        case 5: return "x \(comparison) '\(pick(["3", "ab"]))'"
        case 6: return "x IN (1, '2', TRUE, 0.75)"
        case 7: return pick(["x IS NULL", "x IS NOT NULL", "EXISTS(x)", "service NOT EXISTS"])
        case 8: return "cpu BETWEEN \(number(below: 50)) AND \(50 + number(below: 50))"
        case 9: return "x"
        case 10: return "waitMs \(comparison) \(pick(["2s", "1500 ms", "2.5s", "1 minute", "1000000ns"]))"
        case 11: return pick(["cpu \(comparison) \(pick(["50%", "20 percent"]))", "waitMs < 80%"])
        case 12:
            return pick([
                "ANY tags = 'a'", "ANY(tags) > 2", "ANY tags IN (2.5, 'é')", "NOT ANY tags = TRUE",
                "ANY tags LIKE 'a%'",
                "ANY tags BETWEEN 2 AND 6", "tags = 'a'", "ANY x = 3",
            ])
        case 13: return "message \(pick(["MATCHES", "NOT MATCHES"])) '\(pick(["^a+b", "b.?a$", "[A-Z]", "^$"]))'"
        default: return pick(["TRUE", "FALSE", "state.cpu > 50", "message < 'b'"])
        }
    }
}
