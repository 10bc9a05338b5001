import Testing

@testable import TimeQL

/// What a text is understood as.
func understood(_ text: String) -> String {
    do { return "\(try Query(text))" } catch { return error.report(in: text) }
}

@Suite("Statements")
struct StatementTests {
    @Test(
        "the product's own examples are understood",
        arguments: [
            (
                "STATE AT '2024-01-15 15:47:23' WHERE service = 'api-gateway'",
                "STATE AT '2024-01-15 15:47:23' WHERE service = 'api-gateway'"
            ),
            (
                "TRAVERSE FROM event_id FOLLOWING backward UNTIL error_occurred = true",
                "TRAVERSE FROM 'event_id' FOLLOWING backward UNTIL error_occurred = TRUE"
            ),
            (
                "MATCH PATTERN WHERE cpu > 80% FOLLOWED BY memory > 90% WITHIN 5 minutes IN LAST 30 days",
                "MATCH PATTERN WHERE cpu > 80 percent FOLLOWED BY memory > 90 percent WITHIN 5 minutes LAST 30 days"
            ),
            (
                "COMPARE '2024-01-15 15:45:00' WITH '2024-01-15 15:50:00' FOR cpu, memory, errorRate",
                "COMPARE '2024-01-15 15:45:00' WITH '2024-01-15 15:50:00' FOR cpu, memory, errorRate"
            ),
            ("PREDICT NEXT 5 minutes FROM 'now'", "PREDICT NEXT 5 minutes FROM 'now'"),
            (
                "TIMELINE FROM '10 minutes ago' TO 'now' WHERE eventType = 'error'",
                "TIMELINE FROM '10 minutes ago' TO 'now' WHERE eventType = 'error'"
            ),
        ])
    func examples(text: String, meaning: String) { #expect(understood(text) == meaning) }

    @Test(
        "every clause of every statement is understood, in any order",
        arguments: [
            (
                "state at now - 5m for cpu, \"a.b\".c group by service limit 10 as known at 'yesterday 14:00'",
                "STATE AT 'now' - 5 minutes FOR cpu, \"a.b\".c GROUP BY service LIMIT 10 AS KNOWN AT 'yesterday 14:00'"
            ),
            ("STATE OF 4bf92f35-order/7 BETWEEN 'a' AND 'b'", "STATE OF '4bf92f35-order/7' BETWEEN 'a' AND 'b'"),
            ("STATE DIFF 'a' 'b' AT TIME ZONE 'Europe/Berlin'", "STATE DIFF 'a', 'b' AT TIME ZONE 'Europe/Berlin'"),
            ("STATE DIFF 10 minutes ago AND now;", "STATE DIFF 'now' - 10 minutes, 'now'"),
            (
                "EXPLAIN ANALYZE TIMELINE LIMIT 5 NEWEST FIRST FOR message WHERE severity >= 'ERROR' LAST 1h 30m",
                "EXPLAIN ANALYZE TIMELINE LAST 90 minutes FOR message WHERE severity >= 'ERROR' NEWEST FIRST LIMIT 5"
            ),
            (
                "TIMELINE BUCKET 1 minute COUNT, P99.9(duration) AS slow BY service TOP 3 BY COUNT",
                "TIMELINE BUCKET 1 minute COUNT, P99.9(duration) AS \"slow\" GROUP BY service TOP 3 BY COUNT"
            ),
            (
                "timeline count(*), distinct(userId), rate, avg(x) where a = 1 from '1' to '2'",
                "TIMELINE FROM '1' TO '2' WHERE a = 1 COUNT, DISTINCT(userId), RATE, AVG(x)"
            ),
            ("TIMELINE PATTERNS WHERE service = 'a' LIMIT 20", "TIMELINE WHERE service = 'a' PATTERNS LIMIT 20"),
            (
                "TRAVERSE FROM 4bf92f35 ALONG trace, cause DEPTH 5 MIN CONFIDENCE 80% AS GRAPH FOLLOWING both LIMIT 9",
                "TRAVERSE FROM '4bf92f35' FOLLOWING both ALONG trace, cause DEPTH 5 MIN CONFIDENCE 0.8 LIMIT 9 AS GRAPH"
            ),
            (
                "COMPARE LAST 5 minutes WITH SAME TIME yesterday",
                "COMPARE LAST 5 minutes WITH SAME TIME 'yesterday'"
            ),
            (
                "COMPARE 5 minutes AFTER DEPLOY v2.3.1 WITH BEFORE DEPLOY 'v2.3.1' GROUP BY service",
                "COMPARE 5 minutes AFTER DEPLOY 'v2.3.1' WITH BEFORE DEPLOY 'v2.3.1' GROUP BY service"
            ),
            (
                "COMPARE FROM 'a' TO 'b' WITH FROM 1705333545 TO 10 minutes ago WHERE x EXISTS",
                "COMPARE FROM 'a' TO 'b' WITH FROM 1705333545 TO 'now' - 10 minutes WHERE EXISTS(x)"
            ),
            (
                "PREDICT NEXT 1 hour FOR cpu BY host WHERE service = $name",
                "PREDICT NEXT 1 hour FOR cpu WHERE service = $name GROUP BY host"
            ),
            (
                "predict next 90s bucket 30s limit 4 using last 168 hours from now - 1h for cpu, a.b",
                "PREDICT NEXT 90 seconds FROM 'now' - 1 hour FOR cpu, a.b USING LAST 1 week BUCKET 30 seconds LIMIT 4"
            ),
        ])
    func clauses(text: String, meaning: String) {
        #expect(understood(text) == meaning)
        #expect(understood(meaning) == meaning)
    }

    @Test(
        "conditions bind NOT before AND before OR, and take every test",
        arguments: [
            ("a = 1 OR b = 2 AND NOT c = 3", "a = 1 OR (b = 2 AND NOT c = 3)"),
            ("(a = 1 OR b <> 'x''y') AND c", "(a = 1 OR b != 'x''y') AND c"),
            ("a IN (1, 'b', null) and b not in [true]", "a IN (1, 'b', NULL) AND NOT b IN (TRUE)"),
            (
                "a BETWEEN 1 AND 2 AND b NOT BETWEEN -1.5 AND +2e3",
                "a BETWEEN 1 AND 2 AND NOT b BETWEEN -1.5 AND 2000.0"
            ),
            (
                "m LIKE '%a_' AND m NOT ILIKE 'b' AND m CONTAINS 'c' AND m MATCHES 'd|e'",
                "m LIKE '%a_' AND NOT m ILIKE 'b' AND m CONTAINS 'c' AND m MATCHES 'd|e'"
            ),
            ("EXISTS(a.b) AND c EXISTS AND d NOT EXISTS", "EXISTS(a.b) AND EXISTS(c) AND NOT EXISTS(d)"),
            ("a IS NULL AND b IS NOT NULL", "a IS NULL AND NOT b IS NULL"),
            ("ANY tags = 'x' AND ANY(list.of) > 5ms", "ANY(tags) = 'x' AND ANY(list.of) > 5 milliseconds"),
            ("any = 1 AND exists = 2", "any = 1 AND exists = 2"),
            (
                "user-agent = 'x' AND @timestamp > '10 minutes ago'",
                "user-agent = 'x' AND @timestamp > '10 minutes ago'"
            ),
            (
                "size > 1.5GiB AND n < 10k AND n > 2 M AND s <= 3KB",
                "size > 1.5 gib AND n < 10 k AND n > 2 M AND s <= 3 kb"
            ),
            (
                "big = 18446744073709551615 AND zero = 007 AND half = .5",
                "big = 18446744073709551615 AND zero = 7 AND half = 0.5"
            ),
            ("TRUE AND NOT FALSE -- to the end\n/* and */ OR x", "(TRUE AND NOT FALSE) OR x"),
        ])
    func conditions(text: String, meaning: String) {
        #expect(understood("TIMELINE WHERE " + text) == "TIMELINE WHERE " + meaning)
        #expect(understood("TIMELINE WHERE " + meaning) == "TIMELINE WHERE " + meaning)
    }

    @Test(
        "patterns are sequences of conditions, groups, choices and repetitions",
        arguments: [
            ("(a = 1) AND b = 2 FOLLOWED BY c", "a = 1 AND b = 2 FOLLOWED BY c"),
            ("((a OR b) AND c) FOLLOWED BY d", "(a OR b) AND c FOLLOWED BY d"),
            ("(a FOLLOWED BY b){2,3}? FOLLOWED BY (c | d)+", "(a FOLLOWED BY b){2,3}? FOLLOWED BY (c | d){1,}"),
            ("a{3} FOLLOWED BY b* FOLLOWED BY c{,2}", "(a){3,3} FOLLOWED BY (b){0,} FOLLOWED BY (c){0,2}"),
            ("a | b FOLLOWED BY c | d", "a | b FOLLOWED BY c | d"),
            ("PERMUTE(a, b FOLLOWED BY c, d)", "PERMUTE(a, b FOLLOWED BY c, d)"),
            ("a NOT FOLLOWED BY b WITHIN 5 minutes", "a NOT FOLLOWED BY b WITHIN 5 minutes"),
            (
                "a AS first FOLLOWED BY b AFTER 500 s WITHIN 600s WITHOUT c = 1 OR d = 2 FOLLOWED BY e AFTER 502 s",
                "a AS \"first\" FOLLOWED BY b AFTER 500 seconds WITHIN 10 minutes WITHOUT c = 1 OR d = 2"
                    + " FOLLOWED BY e AFTER 502 seconds"
            ),
            (
                "cpu > 80 FOR 2 minutes FOLLOWED BY e TOTAL WITHIN 1 hour ON service, host OVERLAPPING WITH PARTIAL LIMIT 5",
                "cpu > 80 FOR 2 minutes FOLLOWED BY e TOTAL WITHIN 1 hour ON service, host OVERLAPPING WITH PARTIAL LIMIT 5"
            ),
            ("a IN LAST 5 minutes AS KNOWN AT 'now'", "a LAST 5 minutes AS KNOWN AT 'now'"),
        ])
    func patterns(text: String, meaning: String) {
        #expect(understood("MATCH PATTERN " + text) == "MATCH PATTERN WHERE " + meaning)
        #expect(understood("MATCH PATTERN WHERE " + meaning) == "MATCH PATTERN WHERE " + meaning)
    }
}
