import Bytes
import Columns

/// Columns of texts of the kinds that events have, made from seeds.
enum StringColumns {
    struct Column {
        var name: String
        var strings: StringVector
        /// A part of some of the strings.
        var part: String
    }

    static func all(_ count: Int) -> [Column] {
        var generator = SplitMix64(seed: 11)
        func number(_ limit: Int) -> Int { .random(in: 0..<limit, using: &generator) }
        func any(_ words: [String]) -> String { words[number(words.count)] }
        func hex(_ digits: Int) -> String {
            let text = String(generator.next() >> UInt64(64 - 4 * digits), radix: 16)
            return String(repeating: "0", count: digits - text.count) + text
        }
        func padded(_ number: Int, _ digits: Int) -> String {
            let text = String(number)
            return String(repeating: "0", count: digits - text.count) + text
        }
        func column(_ name: String, _ part: String, _ next: (Int) -> String) -> Column {
            Column(name: name, strings: StringVector((0..<count).map(next)), part: part)
        }
        let services = ["payments", "checkout", "inventory", "mobile-bff", "reviews", "search", "shipping", "gateway"]
        let hosts = (0..<60).map { "\(services[$0 % 8])-\(hex(5))" }
        let routes = (0..<200).map { "/api/v\($0 % 3)/\(services[$0 % 8])/\($0)" }
        let browsers = ["Chrome/126.0.0.0 Safari/537.36", "Firefox/127.0", "Version/17.5 Mobile/15E148 Safari/604.1"]
        let agents = (0..<80).map {
            "Mozilla/5.0 (X11; Linux x86_64; rv:\($0).0) AppleWebKit/537.36 (KHTML, like Gecko) \(browsers[$0 % 3])"
        }
        let words = [
            "flushed", "rejected", "rendered", "refreshed", "evaluated", "segment", "feature", "token", "cart",
        ]
        var folder = 0
        return [
            column("severities", "RR") { _ in any(["INFO", "INFO", "INFO", "DEBUG", "WARN", "ERROR"]) },
            column("methods", "OS") { _ in any(["GET", "GET", "GET", "POST", "PUT", "DELETE"]) },
            column("one letter", "C") { _ in any(["A", "B", "C", "D"]) },
            column("services", "out") { _ in any(services) },
            column("hosts", "bff-") { _ in any(hosts) },
            column("routes", "/search") { _ in any(routes) },
            column("user agents", "Firefox") { _ in any(agents) },
            column("random names", "zz") { _ in
                String((0..<number(12) + 4).map { _ in Character(Unicode.Scalar(UInt8(97 + number(26)))) })
            },
            column("sorted paths", "/42/") { index in
                if number(20) == 0 { folder += 1 }
                return "/var/log/\(services[folder / 64 % 8])/\(padded(folder, 6))/\(padded(index, 8)).log"
            },
            column("sentences", "token") { _ in
                (0..<number(6) + 4).map { _ in any(words) + (number(3) == 0 ? hex(2) : "") }.joined(separator: " ")
            },
            column("hex", "00ff") { _ in hex(12) + hex(12) },
            column("uuid", "00ff") { _ in "\(hex(8))-\(hex(4))-4\(hex(3))-a\(hex(3))-\(hex(12))" },
            column("ip", "10.0.7") { _ in "10.0.\(number(16)).\(number(256))" },
            column("times", "03:04:1") { index in
                let second = index / 8
                return "2026-03-02 \(padded(second / 3600 % 24, 2)):\(padded(second / 60 % 60, 2)):"
                    + "\(padded(second % 60, 2)).\(padded(number(1000), 3))"
            },
            column("prefixed", "u-42") { _ in "u-\(number(100_000_000))" },
            column("decimals ms", ".42") { _ in "\(number(500)).\(padded(number(100), 2))ms" },
        ]
    }

    /// Messages of a few templates with numbers, names and times in them.
    static func messages(_ count: Int) -> StringVector { SymbolBench.columns(count)[0].strings }
}
