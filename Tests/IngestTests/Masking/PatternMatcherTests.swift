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

    @Test func `every secret has a sample to try the matcher with`() throws {
        #expect(MaskPattern.patterns(for: .secrets).allSatisfy { !$0.sample.isEmpty })
    }
}
