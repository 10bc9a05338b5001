import Bytes
import Execution
import Files
import Ingest
import Storage
import Testing
import TimeQL

@testable import Traversion
@testable import TraversionStore

@Suite("Text cases of TimeQL")
struct TimeQLCaseTests {
    /// How the events of a case lie in its store. All come in at half past ten.
    enum Layout: CaseIterable {
        case oneSegment
        /// Each event in a segment of its own; all that is known of state in keyframes.
        case manySegments

        func view(_ name: String) throws -> StoreView {
            let store = try Store.create(
                StorePaths(root: "store"), windowLength: .hour, storeId: 1, in: MemoryFileSystem(),
                clock: ManualClock(1_772_447_400_000_000_000))
            let text = try TimeQLCaseFile.text("Stores/\(name).ndjson")
            let lines: [String] = text.split(separator: "\n").map { "\($0)\n" }
            for (number, part) in (self == .oneSegment ? [lines.joined()] : lines).enumerated() {
                try StoreIngest(store) { MemoryStream(Array(part.utf8), path: "\(name)-\(number)") }.run()
            }
            if self == .manySegments { _ = try store.checkpoint(policy: CheckpointPolicy(changeCount: 3)) }
            return try Engine(store).view()
        }
    }

    @Test("there are at least 400 cases, in files of all subjects")
    func count() throws {
        #expect(try TimeQLCaseFile.names.reduce(0) { try $0 + TimeQLCaseFile($1).cases.count } >= 400)
        #expect(TimeQLCaseFile.names.count == 10)
    }

    @Test("every statement gives what stands below it", arguments: TimeQLCaseFile.names, Layout.allCases)
    func answers(name: String, layout: Layout) throws {
        var views: [String: StoreView] = [:]
        for wanted in try TimeQLCaseFile(name).cases {
            // How something is answered depends on where it lies.
            if layout != .oneSegment, wanted.statement.hasPrefix("EXPLAIN") { continue }
            let view = try views[wanted.store] ?? layout.view(wanted.store)
            views[wanted.store] = view
            var options = QuerySettings()
            options.now = .time(try TimeContext(now: 0).resolve(try time(wanted.now)))
            let found = shown(wanted.statement, of: view, wanted.parameters, options)
            let isPlan = wanted.statement.hasPrefix("EXPLAIN")
            #expect(
                isPlan ? holds(found, wanted.expected) : found == wanted.expected,
                "\(name), line \(wanted.line): \(wanted.statement)\n\(found)")
        }
    }

    @Test("every statement of the page about the language is answered")
    func document() throws {
        let page = try TimeQLCaseFile.text("../../Docs/TimeQL.md")
        // The odd parts between fences are code.
        let code = page.split(separator: "```", omittingEmptySubsequences: false).enumerated()
            .filter { $0.offset % 2 == 1 }.flatMap { $0.element.split(separator: "\n") }
        let words = ["STATE ", "TIMELINE ", "TRAVERSE ", "MATCH PATTERN ", "COMPARE ", "PREDICT ", "EXPLAIN "]
        let statements =
            code.filter { line in words.contains { line.hasPrefix($0) } }.map(String.init)
            + code.filter { $0.hasPrefix("$ traversion-store query ") }
            .compactMap { line in line.split(separator: "\"").dropFirst().first.map(String.init) }
        #expect(statements.count > 12)
        let view = try Layout.oneSegment.view("document")
        var options = QuerySettings()
        options.now = .newestEvent
        for statement in statements {
            let answer = shown(statement, of: view, [:], options)
            let isModel = statement.hasPrefix("PREDICT")
            #expect(answer.hasPrefix("line ") == isModel, "\(statement)\n\(answer)")
        }
    }

    @Test("statements with parts of others in them are answered or refused, and stop nothing", arguments: 0..<4)
    func mixtures(seed: UInt64) throws {
        var random = SplitMix64(seed: seed)
        func number(below count: Int) -> Int { Int(random.next() % UInt64(max(1, count))) }
        var cases: [TimeQLCaseFile.Case] = []
        for name in TimeQLCaseFile.names { cases += try TimeQLCaseFile(name).cases }
        var views: [String: StoreView] = [:]
        for wanted in cases {
            let view = try views[wanted.store] ?? Layout.oneSegment.view(wanted.store)
            views[wanted.store] = view
            // Words of one statement in place of some of another.
            var words = wanted.statement.split(separator: " ")
            let others = cases[number(below: cases.count)].statement.split(separator: " ")
            let start = number(below: words.count)
            let end = min(words.count, start + number(below: 3))
            let first = number(below: others.count)
            words.replaceSubrange(start..<end, with: others[first..<min(others.count, first + 1 + number(below: 4))])
            var options = QuerySettings()
            options.now = .newestEvent
            let prefix = number(below: 3) == 0 ? "EXPLAIN ANALYZE " : ""
            let answer = shown(prefix + words.joined(separator: " "), of: view, wanted.parameters, options)
            #expect(!answer.isEmpty)
        }
    }

    private func time(_ text: String) throws -> TimeExpression {
        TimeExpression(base: .text(text), offsets: [], range: SourceRange(0, 0))
    }

    /// The answer as cases write it.
    private func shown(
        _ statement: String, of view: StoreView, _ parameters: [String: String], _ options: QuerySettings
    ) -> String {
        do {
            var result = try view.query(statement, parameters: parameters, options: options)
            let text: String
            switch result.answer {
            case .table(let table): text = AnswerFormat.csv.text(of: table, width: 120)
            case .graph(let graph): text = try AnswerFormat.json.text(of: graph, width: 120)
            case .plan(let plan):
                text = plan.flat.map { "\($0.indent)\($0.step.name): \($0.step.detail)\n" }.joined()
            case .events:
                var lines: [UInt8] = []
                while let more = try result.nextLines() { lines += more }
                text = condensed(String(decoding: lines, as: UTF8.self))
            }
            return text.isEmpty ? "(nothing)" : String(text.dropLast())
        } catch let error as EngineError {
            return error.description
        } catch {
            return "\(error)"
        }
    }

    /// Events of one and the same member stand on one line: `n: 1 2 3`.
    private func condensed(_ text: String) -> String {
        var (name, values) = (Substring(), [Substring]())
        for line in text.split(separator: "\n") {
            let parts = line.dropFirst(2).dropLast().split(separator: "\":", maxSplits: 1)
            guard parts.count == 2, name.isEmpty || name == parts[0], isOneMember(line) else { return text }
            name = parts[0]
            values.append(parts[1].hasPrefix("\"") ? parts[1].dropFirst().dropLast() : parts[1])
        }
        return values.isEmpty ? text : "\(name): \(values.joined(separator: " "))\n"
    }

    private func isOneMember(_ line: Substring) -> Bool {
        var (depth, isText) = (0, false)
        for character in line {
            if character == "\"" { isText.toggle() }
            guard !isText else { continue }
            if "{[".contains(character) { depth += 1 }
            if "}]".contains(character) { depth -= 1 }
            if character == ",", depth == 1 { return false }
        }
        return true
    }

    /// Whether the lines that are wanted of a plan are among its lines, in their order.
    private func holds(_ plan: String, _ wanted: String) -> Bool {
        var rest = plan.split(separator: "\n")[...]
        for line in wanted.split(separator: "\n") {
            guard let place = rest.firstIndex(of: line) else { return false }
            rest = rest[(place + 1)...]
        }
        return true
    }
}
