import Columns
import Files
import Ingest
import Storage
import Testing
import TimeQL

@testable import Execution

@Suite("Units, arrays and types in conditions")
struct BindingTests {
    private func store(_ lines: [String]) throws -> Store {
        let store = try TestStore.empty()
        try add(lines, to: store)
        return store
    }

    private func add(_ lines: [String], to store: Store) throws {
        let events = lines.enumerated().map { #"{"timestamp":"2026-03-02T00:00:0\#($0.offset)Z",\#($0.element)}"# }
        try TestStore.ingest(events, into: store, "\(lines)")
    }

    private func count(_ condition: String, _ store: Store, _ units: [String: FieldUnit] = [:]) throws -> Int {
        let paths = Dictionary(uniqueKeysWithValues: units.map { (ColumnPath(keys: [$0.key]), $0.value) })
        let answer = try Answer(
            Query("TIMELINE WHERE \(condition) COUNT"), over: store.snapshot(), context: TimeContext(now: 0),
            units: paths)
        guard case .table(let table) = answer, case .integer(let count) = table.rows[0][0] else { return -1 }
        return count
    }

    @Test("a pool that was asked for the fields of all times is let go with its last user")
    func release() throws {
        weak var seen: ReaderPool?
        do {
            let pool = ReaderPool(try store([#""ms":1"#]).snapshot())
            seen = pool
            #expect(try pool.fieldNames().contains("ms"))
        }
        #expect(seen == nil)
    }

    private func notes(_ condition: String, _ store: Store, _ units: [ColumnPath: FieldUnit] = [:]) throws -> [String] {
        guard case .timeline(let statement) = try Query("TIMELINE WHERE \(condition)").statement,
            let predicate = statement.condition
        else { return [] }
        let snapshot = try store.snapshot()
        let scan = try EventScan(snapshot, times: .min ... .max, knownAt: .max)
        return try PredicateBinder(
            catalog: scan.catalog, context: TimeContext(now: 0), units: FieldUnits(units, of: ReaderPool(snapshot))
        ).notes(predicate)
    }

    @Test("a percentage is of a hundred or of one, as the settings say, else the values when a query first asks")
    func percent() throws {
        let fractions = [#""load":0.5"#, #""load":0.9"#, #""load":1"#]
        let store = try store(fractions)
        #expect(try count("load > 80%", store, ["load": .percent]) == 0)
        #expect(try store.recordedUnit(of: ColumnPath(keys: ["load"])) == nil)
        #expect(try count("load > 80%", store) == 2)
        #expect(try store.recordedUnit(of: ColumnPath(keys: ["load"])) == .fraction)
        #expect(
            try notes("load > 80%", store) == ["80 percent is 0.8: its values have shown that 'load' is in fraction"])
        // What comes in later changes nothing.
        try add([#""load":90"#], to: store)
        #expect(try count("load > 80%", store) == 3)
        let other = try self.store(fractions + [#""load":90"#])
        #expect(try count("load > 80%", other) == 1)
        #expect(try other.recordedUnit(of: ColumnPath(keys: ["load"])) == .percent)
    }

    @Test("numbers that are kept as they were written, with zeros behind, tell it as well")
    func percentOfNumbersAsWritten() throws {
        let fractions = (10..<100).map { #""load":0.\#($0)0"# }
        #expect(try count("load > 80%", try store(fractions)) == 19)
        #expect(try count("load > 80%", try store(fractions + [#""load":90.0"#])) == 1)
    }

    @Test("events that were appended and are in no segment yet tell what a field counts, too")
    func percentOfTheLog() throws {
        let store = try store([#""load":0.5"#])
        var options = LiveOptions()
        options.sealsInBackground = false
        let appender = try LiveAppender(store, options: options)
        _ = try appender.append(Array(#"{"timestamp":"2026-03-02T00:00:00Z","load":55}"#.utf8))
        #expect(try count("load > 50%", store) == 1)
    }

    @Test("what a unit file says is checked")
    func damagedUnit() throws {
        let store = try store([#""load":0.5"#])
        _ = try count("load > 80%", store)
        let name = try #require(try store.fileSystem.list("store/units").first)
        let file = try PendingFile("store/units/\(name)", in: store.fileSystem)
        try file.append(Array("fraction cpu\n".utf8))
        try file.publish()
        #expect(throws: StoreError.self) { try store.recordedUnit(of: ColumnPath(keys: ["load"])) }
    }

    @Test("lengths of time and bytes are compared in the unit of the field, by the settings, its name, or what it is")
    func units() throws {
        let store = try store([#""duration":2000000,"waitMs":1500,"n":3"#, #""duration":5,"size_kb":2"#])
        #expect(try count("duration >= 2ms", store) == 1)
        #expect(try count("waitMs = 1.5 s", store) == 1)
        #expect(try count("size_kb > 1.9kB AND size_kb < 1.96KiB", store) == 1)
        #expect(try count("n = 3 minutes", store, ["n": .duration(nanoseconds: 60_000_000_000)]) == 1)
        #expect(try count("waitMs = 25 h", store, ["waitMs": .duration(nanoseconds: 60_000_000_000)]) == 1)
        #expect(try count("waitMs > 1 kB", store) == 0)
        #expect(
            try notes("waitMs > 1 kB AND waitMs < 2s", store) == [
                "1 kb can never be compared: by its name 'waitMs' is in ms",
                "2 seconds is 2000: by its name 'waitMs' is in ms",
            ])
    }

    @Test("ANY looks at the elements of an array, and a value that is none is its only element")
    func anyElement() throws {
        let store = try store([
            #""t":["a","b\u00e9\n",1.5]"#, #""t":[[5],{"x":"a"},null,true]"#, #""t":"a""#, #""t":[]"#, #""u":1"#,
        ])
        for (condition, wanted) in [
            ("ANY t = 'a'", 2), ("ANY t = 'bé\n'", 1), ("ANY t > 1", 1), ("ANY t = TRUE", 1), ("ANY t = 5", 0),
            ("NOT ANY t = 'a'", 3), ("ANY t IN ('x', 1.5)", 1), ("ANY t MATCHES '^b'", 1), ("ANY t CONTAINS 'é'", 1),
            ("ANY t BETWEEN 1 AND 2", 1), ("t = 'a'", 1),
        ] {
            #expect(try count(condition, store) == wanted, "\(condition)")
        }
    }

    @Test("no array is too odd to be looked at", arguments: 0..<200)
    func oddArrays(seed: UInt64) {
        var random = RandomQueries(seed: seed)
        let marks = Array(#"[]{}",\ u0d8"#.utf8)
        let bytes = (0..<random.number(below: 30)).map { _ in marks[random.number(below: marks.count)] }
        var elements = ArrayElements([UInt8(ascii: "[")] + bytes)
        var count = 0
        while elements.next() != nil { count += 1 }
        #expect(count <= bytes.count)
    }

    @Test("comparisons that no value can pass are told")
    func warnings() throws {
        let store = try store([#""n":1,"s":"x","t":["a"]"#])
        #expect(try notes("n > 5 AND s = 'a' AND ANY t = 1 AND severity < 'WARN'", store) == [])
        #expect(
            try notes("n = 'a' OR NOT s < 5 OR t = 'a' OR n = 'b'", store) == [
                "'n' has only numbers here, so no event passes this test of it",
                "'s' has only texts here, so no event passes this test of it",
                "'t' has only arrays here, so no event passes this test of it",
            ])
    }

    @Test("state is compared in units, too")
    func state() throws {
        let store = try store([#""service":"a","state":{"cpu":85,"waitMs":10}"#, #""service":"b","state":{"cpu":5}"#])
        let answer = try Answer(
            Query("STATE AT '2026-03-03' WHERE cpu > 80% AND waitMs < 1s"), over: store.snapshot(),
            context: TimeContext(now: 0))
        guard case .table(let table) = answer else { return }
        #expect(table.rows.map { $0[0] } == [.text("a"), .text("a")])
        #expect(try store.recordedUnit(of: ColumnPath(keys: ["state", "cpu"])) == .percent)
    }
}
