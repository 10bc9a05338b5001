import Bytes
import Execution
import Testing

@testable import TraversionStore

@Suite("Names and numbers for people")
struct ConsoleTests {
    @Test(
        "the nearest name is offered when it is near",
        arguments: [
            ("wirte", "write"), ("red", "read"), ("verfy", "verify"), ("insp", "inspect"), ("x", nil), ("segment", nil),
            ("", nil), ("READ", nil),
        ] as [(String, String?)])
    func nearest(word: String, name: String?) {
        #expect(nearestName(to: word, among: ["write", "read", "inspect", "verify", "rewrite"]) == name)
    }

    @Test("no name is near where there are none") func noNames() { #expect(nearestName(to: "a", among: []) == nil) }

    @Test(arguments: [
        (0, "0"), (999, "999"), (1000, "1,000"), (1_000_000, "1,000,000"), (12_345_067, "12,345,067"),
        (-1234, "-1,234"),
    ])
    func counts(count: Int, text: String) { #expect(Quantity.count(count) == text) }

    @Test(arguments: [
        (0, "0 bytes"), (999, "999 bytes"), (1000, "1.0 kB"), (447_041_114, "447.0 MB"), (999_949, "999.9 kB"),
        (999_950, "1.0 MB"), (2_302_086_912, "2.3 GB"), (Int.max, "9.2 EB"),
    ])
    func bytes(byteCount: Int, text: String) { #expect(Quantity.bytes(byteCount) == text) }

    @Test("other quantities")
    func others() {
        #expect(Quantity.ratio(108, 10) == "10.8 : 1")
        #expect(Quantity.ratio(1, 0) == "-")
        #expect(Quantity.seconds(2_314_000_000) == "2.31 s")
        #expect(Quantity.clock(59.2) == "0:01:00")
        #expect(Quantity.clock(3725) == "1:02:05")
        #expect(Quantity.clock(-1) == "0:00:00")
        #expect(Quantity.decimal(-0.04, digits: 1) == "0.0")
        #expect(Quantity.decimal(2.5, digits: 0) == "3")
    }

    @Test("tables show six digits of numbers, all before the point, and nothing that a division leaves behind")
    func roundedNumbers() {
        for (value, text) in [
            (1_234_567.0, "1234567.0"), (58_851_799_999.6, "58851800000.0"), (4.504559999999999e-18, "4.50456e-18"),
            (0.1 + 0.2, "0.3"), (-123.456789, "-123.457"), (Double.leastNonzeroMagnitude, "5e-324"), (0, "0.0"),
        ] as [(Double, String)] {
            let table = AnswerTable(columns: ["n"], rows: [[.number(value)]])
            let shown = AnswerFormat.table.text(of: table, width: 80).split(separator: "\n").last ?? ""
            #expect(shown.drop(while: { $0 == " " }) == text, "\(value)")
        }
    }

    @Test("a narrow screen does without columns before ids are cut, and shows lists when nothing helps")
    func narrow() {
        var table = AnswerTable(
            columns: ["eventId", "host", "message"],
            rows: [[.text("0123456789abcdef"), .text("payments-x5ckr"), .text("cannot reach the upstream")]])
        table.dispensableColumns = ["host"]
        func lines(_ width: Int) -> [String] {
            AnswerFormat.table.text(of: table, width: width).split(separator: "\n").map(String.init)
        }
        #expect(
            lines(80) == [
                "eventId           host            message",
                "0123456789abcdef  payments-x5ckr  cannot reach the upstream",
            ])
        #expect(lines(48)[1] == "0123456789abcdef  payments-x5ckr  cannot reach …")
        #expect(lines(32) == ["eventId           message", "0123456789abcdef  cannot reach …"])
        #expect(lines(25).prefix(2) == ["row      1", "eventId  0123456789abcdef"])
    }

    @Test("progress tells bytes, events, speed and what is left")
    func progress() {
        #expect(
            Progress.line(100_000_000, 400_000_000, 250_000, 500_000_000)
                == "100.0 MB of 400.0 MB, 250,000 events, 500,000 events/s, ETA 0:00:02")
        #expect(Progress.line(5000, nil, 10, 1_000_000_000) == "5.0 kB, 10 events, 10 events/s")
        #expect(Progress.line(0, 10, 0, 0) == "0 bytes of 10 bytes, 0 events, 0 events/s")
    }
}
