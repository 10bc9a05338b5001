import Bytes
import CVectorscan
import Storage

/// What the matcher looks for. What it finds is only a clue: cheap to look for in bytes that may be JSON with escapes, and
/// wide enough to pass nothing by. A closer look at the text decides.
struct MaskPattern: Hashable {
    /// What a match may be the sign of.
    enum Clue: Hashable {
        /// An escape that could hide a clue from the matcher.
        case escape
        /// A key of a field that the settings name.
        case field
        /// A name such as `password` and what separates it from its value.
        case pair
        case bearer, webToken, privateKey, credentials
        /// A key of known shape, of at least so many bytes.
        case apiKey(byteCount: Int)
        case email, digits, ipv6
    }

    var kind = Int32(traversion_expression)
    var expression = ""
    var isCaseless = false
    var clue: Clue
    /// What the expression matches, to the last byte.
    var sample = ""
    /// Texts of which every match has one; their first eight bytes are looked for, and tell most lines that they need no
    /// look for expressions. Without any, or with one below three bytes, all lines get that.
    var literals: [String] = []

    private init(
        _ expression: String, caseless: Bool = false, _ clue: Clue, _ sample: String, _ literals: [String]
    ) {
        self.expression = expression
        isCaseless = caseless
        self.clue = clue
        self.sample = sample
        self.literals = literals
    }

    private init(_ kind: Int, _ clue: Clue) {
        self.kind = Int32(kind)
        self.clue = clue
    }

    /// Bytes of a token that belong to ``Clue/bearer`` and ``Clue/webToken``.
    static let bearerTokenByteCount = 8
    static let webTokenByteCount = 13

    /// What to look for so that nothing is passed by which a policy masks.
    ///
    /// Secrets are always looked for, even if they are kept: see ``PatternMatcher`` for why a list must not be short.
    static func patterns(for policy: MaskPolicy) -> [MaskPattern] {
        let allRules = policy.allRules
        func masks(_ kinds: MaskKind...) -> Bool {
            kinds.contains { kind in allRules.contains { $0.mode(kind) != nil } }
        }
        var patterns = secrets
        if masks(.email) { patterns.append(MaskPattern(traversion_at_sign, .email)) }
        if masks(.card, .phone, .nationalId, .ip) { patterns.append(MaskPattern(traversion_digits, .digits)) }
        if masks(.ip) { patterns.append(MaskPattern(traversion_colons, .ipv6)) }
        for key in Set(allRules.flatMap { $0.fields.keys.map(lastKey) }).sorted() where isPlain(key) {
            for end in ["\"", "="] {
                patterns.append(MaskPattern(quoted(key) + end, .field, key + end, [String((key + end).suffix(8))]))
            }
        }
        return patterns
    }

    /// The last key of a path, or the last part of it.
    static func lastKey(_ path: String) -> String { path.split(separator: ".").last.map(String.init) ?? path }

    /// Whether JSON writes a key without an escape, unless it need not.
    static func isPlain(_ key: String) -> Bool {
        key.utf8.allSatisfy { $0 >= 0x20 && $0 < 0x7F && $0 != Byte.quote && $0 != Byte.backslash && $0 != 0x2F }
    }

    /// An expression for just this text.
    private static func quoted(_ text: String) -> String {
        text.utf8.map { byte in
            let character = String(Unicode.Scalar(byte))
            return Byte.isDigit(byte) || Byte.isLetter(byte) || byte == Byte.space ? character : "\\" + character
        }.joined()
    }

    private static let secrets =
        [
            // Printable ASCII that is written as it need not be, and slashes.
            MaskPattern(#"\\u00[2-7]"#, .escape, #"\u004"#, [#"\u00"#]),
            MaskPattern(#":\\/"#, .escape, #":\/"#, [#":\/"#]),
            MaskPattern(#"://[^\s/?#"'<>@:]*:[^\s/?#"'<>@]+@"#, .credentials, "://a:b@", ["://"]),
            MaskPattern(#"bearer [a-z0-9._~+/=-]{8}"#, caseless: true, .bearer, "Bearer abc-1234", ["bearer "]),
            MaskPattern(#"eyJ[A-Za-z0-9_-]{10}"#, .webToken, "eyJhbGciOiJIU", ["eyJ"]),
            MaskPattern(
                #"-----BEGIN [A-Z ]*PRIVATE KEY"#, .privateKey, "-----BEGIN RSA PRIVATE KEY", ["-BEGIN "]),
        ]
        + APIKey.shapes.map { MaskPattern($0.expression, .apiKey(byteCount: $0.byteCount), $0.sample, $0.literals) }
        + SecretName.expressions.map { expression, sample, literals in
            // Within JSON within JSON there are escapes between the name and the colon.
            MaskPattern(
                expression + #"(?:["' \t]|\\["'\\t])*[:=]"#, caseless: true, .pair, sample + "\":", literals)
        }
}
