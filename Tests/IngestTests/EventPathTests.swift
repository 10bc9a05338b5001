import Ingest
import Testing

@Suite("The paths of events")
struct EventPathTests {
    /// Reads the lines twice over, so that every key is once new and once expected, and gives the rows.
    private func roundTrip(_ lines: [String]) throws {
        let twice = lines + lines
        let result = try IngestResult(twice.joined(separator: "\n"))
        #expect(result.errors.isEmpty)
        #expect(try result.lines() == twice)
    }

    @Test("keys of any length, with the same beginning, are told apart")
    func lengths() throws {
        let keys = (0...40).map { String(repeating: "k", count: $0) }
        try roundTrip(keys.map { #"{"\#($0)":1,"\#($0)k":{"\#($0)":2}}"# })
        try roundTrip(keys.map { #"{"x\#($0)y":1}"# } + keys.map { #"{"x\#($0)z":1}"# })
    }

    @Test("keys that have escapes are told from keys that look like their text")
    func escapes() throws {
        try roundTrip([#"{"a\\n":1}"#, #"{"a\n":2}"#, #"{"a\\n":3}"#, #"{"a\"":4}"#, #"{"a":5}"#, #"{"a\\\"":6}"#])
        let result = try IngestResult(#"{"name":1}"# + "\n" + #"{"n\u0061me":2}"# + "\n" + #"{"name":3}"#)
        #expect(result.columns == ["name int64"])
    }

    @Test("orders of keys that change from event to event lead to the same columns")
    func orders() throws {
        let lines = (0..<200).map { row in
            let keys = (0..<7).map { ($0 * (row % 6 + 1) + row) % 7 }
            return "{" + keys.map { #""k\#($0)":\#(row * 7 + $0)"# }.joined(separator: ",") + "}"
        }
        let result = try IngestResult(lines.joined(separator: "\n"))
        #expect(result.errors.isEmpty && result.columns.count == 7)
        for (ordinal, key) in result.band.catalog.keys.enumerated().dropFirst(3) {
            let number = UInt64(key.path.keys[0].dropFirst())!
            #expect(result.band.columns[ordinal].words == (0..<200).map { UInt64($0) * 7 + number })
        }
    }

    @Test("a key that stands twice is found whatever stands between, and the last wins")
    func duplicates() throws {
        let result = try IngestResult(
            #"""
            {"a":1,"b":{"a":2,"c":3},"a":4}
            {"a":1,"b":{"a":2,"c":3}}
            {"b":{"x":1,"x":2},"b":{"y":3}}
            {"b":{"y":1},"c":{"y":1},"y":1}
            """#)
        #expect(result.errors.isEmpty)
        #expect(
            try result.lines() == [
                #"{"a":4,"b":{"a":2,"c":3}}"#, #"{"a":1,"b":{"a":2,"c":3}}"#, #"{"b":{"y":3}}"#,
                #"{"b":{"y":1},"c":{"y":1},"y":1}"#,
            ])
    }

    @Test("when too many paths are known they are forgotten, and events are read as before")
    func forgottenPaths() throws {
        let count = 1 << 17
        var text = #"{"first":1,"x":{"y":2}}"# + "\n"
        for start in stride(from: 0, to: count, by: 4096) {
            text += "{" + (start..<start + 4096).map { #""\#($0)":0"# }.joined(separator: ",") + "}\n"
        }
        let last = #"{"first":3,"x":{"y":4},"77":5}"# + "\n"
        let result = try IngestResult(text + String(repeating: last, count: 20_000))
        #expect(result.errors.isEmpty)
        #expect(result.band.catalog.count == 3 + count + 2)
        #expect(result.band.rowCount == 33 + 20_000)
    }
}
