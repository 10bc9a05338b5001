import Bytes

/// Keys of services that show by their first letters what they are.
enum APIKey {
    struct Shape {
        var expression: String
        /// What it matches, all of it.
        var sample: String
        /// Of which the expression has one: see ``MaskPattern/literals``.
        var literals: [String]
        var byteCount: Int { sample.utf8.count }
    }

    static let shapes = [
        // AWS, Google, GitHub, GitLab, Slack, Stripe, npm, SendGrid, and others who begin theirs with "sk-".
        Shape(expression: "A[KS]IA[A-Z2-7]{16}", sample: "AKIAIOSFODNN7EXAMPLE", literals: ["AKIA", "ASIA"]),
        Shape(
            expression: "AIza[0-9A-Za-z_-]{35}", sample: "AIzaSyA0123456789abcdefghijklmnopqrstuv", literals: ["AIza"]),
        Shape(
            expression: "gh[opusr]_[A-Za-z0-9]{36}", sample: "ghp_0123456789abcdefghijABCDEFGHIJ012345",
            literals: ["gho_", "ghp_", "ghu_", "ghs_", "ghr_"]),
        Shape(
            expression: "github_pat_[A-Za-z0-9_]{22}", sample: "github_pat_0123456789abcdefghijAB",
            literals: ["hub_pat_"]),
        Shape(expression: "glpat-[A-Za-z0-9_-]{20}", sample: "glpat-0123456789abcdefghij", literals: ["glpat-"]),
        Shape(expression: "xox[abeoprs]-[A-Za-z0-9-]{10}", sample: "xoxb-0123456789", literals: ["xox"]),
        Shape(expression: "[prs]k_live_[0-9A-Za-z]{10}", sample: "sk_live_0123456789", literals: ["k_live_"]),
        Shape(expression: "[prs]k_test_[0-9A-Za-z]{10}", sample: "sk_test_0123456789", literals: ["k_test_"]),
        Shape(
            expression: "npm_[A-Za-z0-9]{36}", sample: "npm_0123456789abcdefghijABCDEFGHIJ012345", literals: ["npm_"]),
        Shape(
            expression: #"SG\.[A-Za-z0-9_-]{22}\.[A-Za-z0-9_-]{16}"#,
            sample: "SG.0123456789abcdefghijAB.0123456789abcdef", literals: ["SG."]),
        Shape(expression: "sk-[A-Za-z0-9_-]{20}", sample: "sk-0123456789abcdefghij", literals: ["sk-"]),
    ]

    /// The whole key of which the first `byteCount` bytes end before `end`.
    static func range(in text: Span<UInt8>, endingAt end: Int, byteCount: Int) -> Range<Int>? {
        let start = end - byteCount
        guard start >= 0, !Byte.isURLSafe(text.byte(at: start - 1)) else { return nil }
        var upper = end
        while Byte.isURLSafe(text.byte(at: upper)) { upper += 1 }
        // Words that are joined are no key.
        guard (start..<upper).contains(where: { Byte.isDigit(text[$0]) }) else { return nil }
        return start..<upper
    }
}

extension Byte {
    /// What base64 for URLs is made of.
    @inline(__always)
    static func isURLSafe(_ byte: UInt8) -> Bool { isWord(byte) || byte == dash }

    /// A letter, a digit or an underscore of ASCII.
    @inline(__always)
    static func isWord(_ byte: UInt8) -> Bool { isLetter(byte) || isDigit(byte) || byte == UInt8(ascii: "_") }

    @inline(__always)
    static func isHexDigit(_ byte: UInt8) -> Bool { isDigit(byte) || (byte | 0x20) &- UInt8(ascii: "a") < 6 }
}
