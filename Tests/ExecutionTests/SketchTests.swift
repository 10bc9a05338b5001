import Bytes
import Columns
import Testing

@testable import Execution

@Suite("Sketches and patterns of text")
struct SketchTests {
    @Test("a quantile is off by at most half a percent, also of merged parts", arguments: [1, 50, 1000, 5000])
    func quantiles(count: Int) {
        var random = SplitMix64(seed: 7)
        var whole = QuantileSketch()
        var parts = [QuantileSketch](repeating: QuantileSketch(), count: 3)
        var numbers: [Double] = []
        for index in 0..<count {
            let bits = Double(random.next() % 1_000_000) / 100
            let number = index % 10 == 0 ? 0 : index % 3 == 0 ? -bits : bits * bits
            numbers.append(number)
            whole.add(number)
            parts[index % 3].add(number)
        }
        numbers.sort()
        for part in parts.dropFirst() { parts[0].merge(part) }
        #expect(parts[0] == whole)
        for thousandths in [1000, 25_000, 50_000, 90_000, 99_000, 99_900, 99_999] {
            let rank = (count * thousandths + 99_999) / 100_000
            let exact = numbers[max(rank, 1) - 1]
            let found = whole.quantile(thousandths: thousandths) ?? .nan
            #expect(abs(found - exact) <= abs(exact) * 0.005 + 1e-9, "\(thousandths): \(found), \(exact)")
        }
        #expect(QuantileSketch().quantile(thousandths: 50_000) == nil)
    }

    @Test("numbers side by side are added as one by one are", arguments: [0, 1, 20, 600, 3000])
    func sideBySide(count: Int) {
        var random = SplitMix64(seed: 8)
        let positive = (0..<count).map { _ in Double(random.next() % 1_000_000) / 1000 + 0.001 }
        let any = positive.enumerated().map { [-$1, $1, .nan, 0, .infinity][$0 % 5] }
        for numbers in [positive, any, positive + any] {
            var (together, alone) = (QuantileSketch(), QuantileSketch())
            together.add(numbers.span)
            for number in numbers { alone.add(number) }
            #expect(together == alone)
            together.merge(alone)
            alone.merge(alone)
            #expect(together == alone)
        }
    }

    @Test("numbers are put side by side by their groups, in their order")
    func groupRuns() {
        var random = SplitMix64(seed: 9)
        let groups = (0..<500).map { _ in UInt32(random.next() % 30) * 2 }
        let numbers = groups.indices.map { Double($0) }
        var found: [Int: [Double]] = [:]
        GroupRuns(of: numbers, groups, groupCount: 64).visit { group, numbers in
            found[group] = numbers.indices.map { numbers[$0] }
        }
        #expect(found == Dictionary(grouping: numbers) { Int(groups[Int($0)]) })
    }

    @Test(
        "different values are counted exactly up to a thousand, then within 5%",
        arguments: [0, 1, 999, 1000, 20_000, 100_000])
    func distinct(count: Int) {
        var whole = DistinctSketch()
        var parts = [DistinctSketch(), DistinctSketch()]
        for index in 0..<count {
            for _ in 0..<2 {
                whole.add(Array("value \(index)".utf8)[...])
                parts[index % 2].add(Array("value \(index)".utf8)[...])
            }
        }
        parts[0].merge(parts[1])
        for found in [whole.count, parts[0].count] {
            if count <= 1000 {
                #expect(found == count)
            } else {
                #expect(abs(Double(found - count)) < Double(count) * 0.05)
            }
        }
    }

    @Test("LIKE agrees with plain code on every short text and pattern")
    func like() {
        func words(_ letters: [Character], upTo length: Int) -> [[Character]] {
            var all: [[Character]] = [[]]
            var last = all
            for _ in 0..<length {
                last = last.flatMap { word in letters.map { word + [$0] } }
                all += last
            }
            return all
        }
        for pattern in words(["a", "ü", "%", "_"], upTo: 4) {
            let like = LikePattern(String(pattern))
            for text in words(["a", "ü"], upTo: 4) {
                let bytes = Array(String(text).utf8)
                let found = like.matches(bytes[...])
                if found != ReferenceEvent.like(text, pattern) {
                    Issue.record("\(String(text)) LIKE \(String(pattern))")
                }
                if let predicate = like.predicate, predicate.matches(bytes) != found {
                    Issue.record("\(String(text)) LIKE \(String(pattern)) is not \(predicate)")
                }
            }
        }
    }

    @Test("what a pattern looks for as it is, and the text that must stand in what it matches")
    func requiredTexts() {
        func text(_ text: String, anyCase: Bool = false) -> SoughtText {
            SoughtText(Array(text.utf8), anyCase: anyCase)
        }
        #expect(LikePattern("%pool ex%").predicate == .contains(Array("pool ex".utf8)))
        #expect(LikePattern("pool%").predicate == .prefix(Array("pool".utf8)))
        #expect(LikePattern("%pool").predicate == nil)
        #expect(LikePattern("%pool%", anyCase: true).predicate == nil)
        #expect(LikePattern("%a_bcd%ef").longestPart == text("bcd"))
        #expect(LikePattern("Pool%", anyCase: true).longestPart == text("pool", anyCase: true))
        #expect(LikePattern("%_").longestPart == nil)
    }

    @Test(
        "the text that an expression requires is one that stands in all that it matches, or none",
        arguments: [
            ("exhausted", "exhausted"), ("pool .* exhausted in \\d+ ms", " exhausted in "), ("Timeout$", "timeout"),
            ("(failed|broken) to connect", nil), ("failed|broken", nil), ("(abcdef)?ghi", "ghi"),
            ("ab", nil), ("(?i)kelvin", nil), ("stra\u{df}e", nil), ("\\x41bcd", nil), ("^$", nil), ("[A-Z]", nil),
            ("(abcdef)+", "abcdef"), ("(abcdef){0,3}", nil),
        ] as [(String, String?)])
    func requiredText(expression: String, required: String?) throws {
        #expect(
            try RegularExpression(expression).requiredText
                == required.map { SoughtText(Array($0.utf8), anyCase: true) })
    }

    @Test("LIKE takes no time that grows with the number of its marks")
    func longLike() {
        let like = LikePattern(String(repeating: "%a", count: 2000) + "%b")
        #expect(!like.matches([UInt8](repeating: UInt8(ascii: "a"), count: 20_000)[...]))
    }

    @Test("numbers of different types are compared exactly")
    func order() {
        let ascending: [NumberText.Value] = [
            .double(-.infinity), .double(-1e19), .int64(.min), .int64(-1), .double(-0.5), .int64(0), .double(0.5),
            .int64(9_007_199_254_740_992), .int64(9_007_199_254_740_993), .int64(.max), .double(0x1p63),
            .uint64(1 << 63 + 2048), .double(1e300),
        ]
        for left in ascending.indices {
            for right in ascending.indices {
                #expect(ascending[left].order(ascending[right]).signum() == (left - right).signum())
            }
        }
        #expect(NumberText.Value.int64(3).order(.double(3)) == 0)
    }
}
