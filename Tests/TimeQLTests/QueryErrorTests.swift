import Testing

@testable import TimeQL

@Suite("Errors of queries")
struct QueryErrorTests {
    @Test("of a line that is very long only what stands around the place is shown")
    func longLine() throws {
        let text =
            "TIMELINE WHERE a IN (" + String(repeating: "1, ", count: 10_000) + "2) WERE "
            + String(repeating: "b ", count: 9000)
        let error = #expect(throws: QueryError.self) { try Query(text) }
        let report = try #require(error).report(in: text)
        #expect(report.hasPrefix("line 1, column 30025: "))
        #expect(report.contains("  …") && report.contains("1, 2) WERE b b ") && report.utf8.count < 4000)
    }

    @Test(
        "tell line, column, what is expected and what is near",
        arguments: [
            (
                "STAT AT 'now'",
                """
                line 1, column 1: 'STAT' stands where EXPLAIN, STATE, TIMELINE, MATCH PATTERN, TRAVERSE, COMPARE or PREDICT is expected
                  STAT AT 'now'
                  ^~~~
                did you mean STATE?
                """
            ),
            (
                "STATE AT 'now'\nWHERE service = api-gateway",
                """
                line 2, column 17: 'api-gateway' stands where a value is expected
                  WHERE service = api-gateway
                                  ^~~~~~~~~~~
                texts stand in single quotes: 'api-gateway'
                """
            ),
            (
                "TIMELINE WHERE a = 5 minuts",
                """
                line 1, column 22: 'minuts' stands where AND, OR, COUNT and other numbers, FROM, TO, IN LAST, WHERE, FOR, NEWEST FIRST, OLDEST FIRST, BUCKET, GROUP BY, TOP, PATTERNS, LIMIT, AS KNOWN AT, AT TIME ZONE, ';' or the end is expected
                  TIMELINE WHERE a = 5 minuts
                                       ^~~~~~
                did you mean minute?
                """
            ),
            (
                "TIMELINE WHERE a = 'open",
                """
                line 1, column 20: this text is not closed by another quote
                  TIMELINE WHERE a = 'open
                                     ^
                """
            ),
            (
                "STATE AT 'now' BUCKET 5m",
                """
                line 1, column 16: BUCKET has no place here, or none in STATE; FOR, WHERE, GROUP BY, LIMIT, AS KNOWN AT, AT TIME ZONE, ';' or the end is expected
                  STATE AT 'now' BUCKET 5m
                                 ^~~~~~
                """
            ),
            (
                "TIMELINE WHERE t > 5mins7",
                """
                line 1, column 21: 'mins7' is no unit
                  TIMELINE WHERE t > 5mins7
                                      ^~~~~
                did you mean mins?
                """
            ),
            (
                "TIMELINE BUCKET 1 minute",
                """
                line 1, column 10: BUCKET, GROUP BY and TOP need a number to show
                  TIMELINE BUCKET 1 minute
                           ^~~~~~
                such as COUNT, AVG(duration) or P99(duration)
                """
            ),
            (
                "PREDICT NEXT 5",
                """
                line 1, column 14: a length of time needs a unit, such as 5 minutes or 30s
                  PREDICT NEXT 5
                               ^
                """
            ),
            (
                "TIMELINE LIMIT 1 LIMIT 2",
                """
                line 1, column 18: LIMIT is given twice
                  TIMELINE LIMIT 1 LIMIT 2
                                   ^~~~~
                """
            ),
        ])
    func reports(text: String, report: String) { #expect(understood(text) == report) }

    @Test("conditions nested too deep are refused and do not overflow the stack", arguments: ["(", "NOT "])
    func depth(opening: String) {
        let text = "TIMELINE WHERE " + String(repeating: opening, count: 100_000) + "a"
        #expect(throws: QueryError.self) { try Query(text) }
        #expect(understood(text).contains("nested deeper than 200 levels"))
    }

    @Test("patterns nested too deep are refused and do not overflow the stack")
    func patternDepth() {
        #expect(understood("MATCH PATTERN " + String(repeating: "(", count: 100_000)).contains("nested deeper"))
        #expect(understood("MATCH PATTERN " + String(repeating: "PERMUTE(", count: 100_000)).contains("nested deeper"))
    }

    @Test("a query that is too long is refused")
    func length() { #expect(understood(String(repeating: " ", count: (1 << 20) + 1)).contains("at most 1048576")) }

    @Test("every beginning of a query, and every query with a byte changed, is read or gives an error inside its text")
    func damage() {
        let text = """
            EXPLAIN MATCH PATTERN WHERE (a = 'x' AND ANY b IN (1, 2.5e3%) FOR 5 min){1,2}? FOLLOWED BY PERMUTE(c, d | e)
            AFTER 5s WITHOUT f LIKE '%' TOTAL WITHIN 1h IN LAST 3 days ON "q r".s AS KNOWN AT now-5m -- x
            """
        let bytes = Array(text.utf8)
        func check(_ bytes: some Collection<UInt8>) {
            let text = String(decoding: bytes, as: UTF8.self)
            do {
                _ = try Query(text)
            } catch {
                #expect(error.range.start <= error.range.end && error.range.end <= text.utf8.count)
                #expect(error.report(in: text).contains("line "))
            }
        }
        for count in bytes.indices { check(bytes[..<count]) }
        for index in bytes.indices {
            for byte in "('\".,%-9a\u{0}\n{".utf8 {
                var changed = bytes
                changed[index] = byte
                check(changed)
            }
        }
    }
}
