import Bytes
import Storage
import Testing

@testable import Ingest

/// That the library finds everything, whatever the place and the length: versions of it do not.
struct PatternMatcherTests {
    private static func policies() throws -> [MaskPolicy] {
        [
            .secrets, try MaskRig.policy("all"),
            try MaskRig.settings(#"{"kinds":{"secrets":"keep"},"fields":{"a":"redact","user.e-mail":"drop"}}"#),
        ]
    }

    @Test(arguments: [UInt8(ascii: " "), UInt8(ascii: "a"), UInt8(ascii: "\""), UInt8(ascii: "1")])
    func `every pattern is found at every place of texts of many lengths`(_ filling: UInt8) throws {
        for policy in try Self.policies() {
            let patterns = MaskPattern.patterns(for: policy)
            let matcher = try PatternMatcher(patterns)
            var missed: Set<String> = []
            for (index, pattern) in patterns.enumerated() where !pattern.sample.isEmpty {
                let sample = Array(pattern.sample.utf8)
                for count in stride(from: sample.count, to: 300, by: 23) {
                    for start in 0...count - sample.count {
                        var text = [UInt8](repeating: filling, count: count)
                        text.replaceSubrange(start..<start + sample.count, with: sample)
                        let isFound = matcher.scan(text.span).contains {
                            Int($0.pattern) == index && Int($0.end) == start + sample.count
                        }
                        if !isFound { missed.insert(pattern.sample) }
                    }
                }
            }
            #expect(missed == [])
        }
    }

    @Test(arguments: [UInt8(ascii: "a"), UInt8(ascii: "-"), UInt8(ascii: "k"), 0])
    func `every pattern is found in each line of many, wherever it stands`(_ filling: UInt8) throws {
        for policy in try Self.policies() {
            let patterns = MaskPattern.patterns(for: policy)
            let matcher = try PatternMatcher(patterns)
            for (index, pattern) in patterns.enumerated() where !pattern.sample.isEmpty {
                let sample = Array(pattern.sample.utf8)
                var text: [UInt8] = []
                var ends: [Int] = []
                // Lines of each length around that of a vector, every other one with the sample at another place.
                for length in 0..<200 {
                    var line = [UInt8](repeating: filling, count: length + sample.count)
                    if length % 2 == 1 {
                        line.replaceSubrange(length / 2..<length / 2 + sample.count, with: sample)
                        ends.append(text.count + length / 2 + sample.count)
                    }
                    text += line + [UInt8(ascii: "\n")]
                }
                let found = Set(matcher.scan(text.span).filter { Int($0.pattern) == index }.map { Int($0.end) })
                #expect(found.isSuperset(of: ends), "\(pattern.sample)")
            }
        }
    }

    @Test func `a long text gives what its lines give`() throws {
        // Numbers and addresses are looked for in other ways.
        for policy in try Self.policies() where policy.rules.modes[.email] == nil {
            let patterns = MaskPattern.patterns(for: policy)
            let (matcher, other) = (try PatternMatcher(patterns), try PatternMatcher(patterns))
            var random = SplitMix64(seed: 31)
            let pieces: [String] =
                patterns.map(\.sample) + ["pass", "Key", "token ", "sk-", "://", "\"", ":", "a", " ", "é", "\\u0041"]
            for round in 0..<40 {
                var lines: [[UInt8]] = []
                for _ in 0..<60 {
                    // Some texts have clues in nearly every line, others in few.
                    let count = random.next(upperBound: UInt64(round % 4 == 0 ? 8 : 2))
                    var line = Array(repeating: UInt8(ascii: "x"), count: Int(random.next(upperBound: UInt64(90))))
                    for _ in 0..<count {
                        line += Array(pieces[Int(random.next(upperBound: UInt64(pieces.count)))].utf8)
                    }
                    lines.append(line)
                }
                var expected: [Int] = []
                var start = 0
                for line in lines {
                    expected += other.scan(line.span).map { start + Int($0.end) }
                    start += line.count + 1
                }
                let text = Array(lines.joined(separator: [UInt8(ascii: "\n")]))
                #expect(matcher.scan(text.span).map { Int($0.end) }.sorted() == expected.sorted())
            }
        }
    }

    @Test func `each sample has a literal that spares the others the matcher`() throws {
        for policy in try Self.policies() {
            for pattern in MaskPattern.patterns(for: policy) where !pattern.sample.isEmpty {
                let sample = pattern.isCaseless ? pattern.sample.lowercased() : pattern.sample
                #expect(pattern.literals.contains { sample.contains($0) }, "\(pattern.sample)")
            }
        }
    }

    @Test func `every secret has a sample to try the matcher with`() throws {
        #expect(MaskPattern.patterns(for: .secrets).allSatisfy { !$0.sample.isEmpty })
    }
}
