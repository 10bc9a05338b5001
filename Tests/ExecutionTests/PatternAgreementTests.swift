import Bytes
import Testing
import TimeQL

@testable import Execution

/// Patterns that a seed makes up, over flags.
private struct RandomPatterns {
    var random: SplitMix64

    mutating func number(_ limit: Int) -> Int { Int(random.next() % UInt64(limit)) }
    mutating func pick<Element>(_ elements: [Element]) -> Element { elements[number(elements.count)] }

    mutating func part(_ depth: Int) -> String {
        var text = pick(["a", "b", "c", "d"])
        if depth < 2, number(3) == 0 {
            text =
                number(4) == 0
                ? "PERMUTE(\((0...number(2)).map { _ in pattern(depth + 1) }.joined(separator: ", ")))"
                : "(\(pattern(depth + 1)))"
        }
        if number(3) == 0 {
            text += pick(["*", "+", "{2}", "{0,1}", "{1,2}", "{2,}"]) + pick(["", "?"])
        }
        return text
    }

    mutating func sequence(_ depth: Int) -> String {
        var text = part(depth)
        for _ in 0..<number(3) {
            if number(6) == 0 {
                text += " NOT FOLLOWED BY \(pick(["a", "b", "c"]))"
                if number(4) == 0 { text += " AFTER \(number(3)) ns" }
                if number(3) > 0 {
                    text += " WITHIN \(3 + number(4)) ns"
                    continue
                }
            }
            text += " FOLLOWED BY " + part(depth)
            if number(4) == 0 { text += " AFTER \(number(4)) ns" }
            if number(3) == 0 { text += " WITHIN \(3 + number(6)) ns" }
            if number(6) == 0 { text += " WITHOUT \(pick(["a", "b", "d"]))" }
        }
        return text
    }

    mutating func pattern(_ depth: Int) -> String {
        number(5) == 0 ? "\(sequence(depth)) | \(sequence(depth))" : sequence(depth)
    }

    mutating func statement() -> String {
        var text = "MATCH PATTERN " + pattern(0)
        if number(3) == 0 { text += " TOTAL WITHIN \(3 + number(10)) ns" }
        if number(4) == 0 { text += " OVERLAPPING" }
        return text
    }

    mutating func events() -> [ReferencePattern.Event] {
        var time: Int64 = 0
        return (0..<(3 + number(5))).map { _ in
            time += Int64(number(4))
            let flags = ["a", "b", "c", "d"].filter { _ in number(3) == 0 }.joined()
            return .init(time: time, flags: flags)
        }
    }
}

@Suite("Patterns against plain code")
struct PatternAgreementTests {
    /// The conditions of a pattern that an event fulfils.
    private func bits(of event: ReferencePattern.Event, _ compiler: PatternCompiler) -> UInt64 {
        var bits: UInt64 = 0
        for (bit, condition) in compiler.conditions.conditions.enumerated() {
            guard case .fulfils(let predicate) = condition else { continue }
            if ReferencePattern.Event.has(event.flags, predicate) { bits |= 1 << UInt64(bit) }
        }
        return bits
    }

    /// What the automaton finds: the events of each match with their steps, and when it ended. Some events are never
    /// read.
    private func found(
        _ statement: PatternStatement, _ events: [(event: ReferencePattern.Event, key: Int)], keyCount: Int,
        before horizon: Int64, without leftOut: Set<Int> = []
    ) throws -> [String] {
        let compiler = try PatternCompiler(statement.pattern, totalLimit: statement.totalLimit?.nanoseconds)
        var matcher = PatternMatcher(
            compiler.automaton, isOverlapping: statement.isOverlapping, tellsPartial: false)
        for (number, (event, key)) in events.enumerated() where !leftOut.contains(number) {
            let bits = bits(of: event, compiler)
            guard bits != 0 else { continue }
            matcher.add(
                PatternEvent(time: event.time, sequence: UInt64(number), bits: bits, part: 0, row: 0, key: Int32(key)))
        }
        matcher.finish(keyCount: keyCount, before: horizon)
        let arena = matcher.waiting.arena
        var lines = matcher.matches.map { match in
            arena.events(of: match.run).map { event, position in
                "\(event.sequence)\(compiler.steps[compiler.automaton.positions[position].step].condition)"
            }.joined(separator: " ") + " at \(match.end)"
        }
        lines.sort()
        for match in matcher.matches { matcher.waiting.arena.release(match.run) }
        return lines
    }

    /// The events of zones that are of no use, when the events are dealt to zones by chance.
    private func outOfReach(
        _ statement: PatternStatement, _ events: [ReferencePattern.Event], _ random: inout RandomPatterns
    ) throws -> Set<Int> {
        let compiler = try PatternCompiler(statement.pattern, totalLimit: statement.totalLimit?.nanoseconds)
        let (zoneLength, sourceCount) = (1 + random.number(3), 1 + random.number(2))
        var zones: [[Int]: [Int]] = [:]
        for number in events.indices {
            let source = random.number(sourceCount)
            zones[[source, number / (zoneLength * sourceCount)], default: []].append(number)
        }
        let numbers = zones.sorted { $0.key.lexicographicallyPrecedes($1.key) }.map(\.value)
        let told = numbers.map { numbers in
            // Statistics may take for possible what does not happen.
            let luck = random.number(4) == 0 ? UInt64(random.number(16)) : 0
            return PatternReach.Zone(
                times: events[numbers[0]].time...events[numbers[numbers.count - 1]].time,
                conditions: numbers.reduce(luck) { $0 | bits(of: events[$1], compiler) })
        }
        guard let reach = PatternReach(compiler.automaton, among: told) else { return [] }
        return Set(zip(numbers, told).filter { !reach.isUseful($0.1) }.flatMap(\.0))
    }

    @Test("matches are those of plain code that makes every run there is", arguments: 0..<100)
    func agrees(seed: UInt64) throws {
        var patterns = RandomPatterns(random: SplitMix64(seed: seed))
        var caseCount = 0
        var matchCount = 0
        var savedCount = 0
        while caseCount < 100 {
            let text = patterns.statement()
            guard case .pattern(let statement) = try Query(text).statement else { continue }
            let keyCount = 1 + patterns.number(2)
            let events = patterns.events().map { (event: $0, key: patterns.number(keyCount)) }
            let horizon = (events.last?.event.time ?? 0) + Int64(patterns.number(8))
            let answer: [String]
            do {
                answer = try found(statement, events, keyCount: keyCount, before: horizon)
            } catch let error as QueryError {
                #expect(error.kind == .meaning, "\(text)")
                continue
            }
            var wanted: [String]? = []
            for key in 0..<keyCount {
                let own = events.indices.filter { events[$0].key == key }
                let reference = ReferencePattern(
                    statement: statement, events: own.map { events[$0].event },
                    horizon: max(horizon, events.last?.event.time ?? 0))
                guard let matches = reference.matches() else {
                    wanted = nil
                    break
                }
                wanted? += matches.map { run in
                    run.taken.map { "\(own[$0.event])\($0.name)" }.joined(separator: " ") + " at \(run.moment)"
                }
            }
            guard let wanted else { continue }
            caseCount += 1
            matchCount += wanted.count
            let told = events.map { "\($0.event.time)\($0.event.flags)\($0.key)" }.joined(separator: " ")
            #expect(answer == wanted.sorted(), "\(text) over \(told) before \(horizon)")
            let leftOut = try outOfReach(statement, events.map(\.event), &patterns)
            if !answer.isEmpty { savedCount += leftOut.count }
            #expect(
                try found(statement, events, keyCount: keyCount, before: horizon, without: leftOut) == answer,
                "\(text) over \(told) before \(horizon) without \(leftOut.sorted())")
        }
        #expect(matchCount > 30)
        #expect(savedCount > 10)
    }
}

extension ReferencePattern.Event {
    static func has(_ flags: String, _ predicate: Predicate) -> Bool {
        if case .flag(let field) = predicate { flags.contains(field.text) } else { false }
    }
}
