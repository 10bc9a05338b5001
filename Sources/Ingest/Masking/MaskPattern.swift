import Storage

/// An expression that the matcher looks for. What it finds is only a clue: cheap to look for in bytes that may be JSON with
/// escapes, and wide enough to pass nothing by. A closer look at the text decides.
struct MaskPattern {
    /// What a match may be the sign of.
    enum Clue: Equatable {
        /// An escape that could hide a clue from the matcher.
        case escape
        /// A key of a field that the settings name.
        case field
        /// A name such as `password` and what separates it from its value.
        case pair
        case bearer, webToken, privateKey, credentials
        /// A key of known shape, of at least so many bytes.
        case apiKey(byteCount: Int)
        case email, ipv4, ipv6, card
        case internationalPhone
        case phone(byteCount: Int)
        case nationalId(NationalIdentifier, byteCount: Int)
    }

    var expression: String
    var isCaseless = false
    var clue: Clue

    init(_ expression: String, caseless: Bool = false, _ clue: Clue) {
        self.expression = expression
        isCaseless = caseless
        self.clue = clue
    }

    /// Bytes of ``Clue/internationalPhone``, ``Clue/bearer`` and ``Clue/webToken``.
    static let internationalPhoneByteCount = 8
    static let bearerTokenByteCount = 8
    static let webTokenByteCount = 13

    /// What to look for so that nothing is passed by which a policy masks.
    static func patterns(for policy: MaskPolicy) -> [MaskPattern] {
        let allRules = policy.allRules
        var patterns = [
            // Printable ASCII that is written as it need not be, and slashes.
            MaskPattern(#"\\u00[2-7]"#, .escape), MaskPattern(#":\\/"#, .escape),
        ]
        for kind in MaskKind.allCases where allRules.contains(where: { $0.mode(kind) != nil }) {
            patterns += Self.patterns(for: kind)
        }
        // Every secret may have a name.
        if MaskKind.secrets.contains(where: { kind in allRules.contains { $0.mode(kind) != nil } }) {
            patterns += pairs
        }
        for key in Set(allRules.flatMap { $0.fields.keys.map(lastKey) }).sorted() where isPlain(key) {
            patterns.append(MaskPattern(quoted(key) + #"["=]"#, .field))
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

    private static let pairs = SecretName.expressions.map {
        // Within JSON within JSON there are escapes between the name and the colon.
        MaskPattern($0 + #"(?:["' \t]|\\["'\\t])*[:=]"#, caseless: true, .pair)
    }

    private static func patterns(for kind: MaskKind) -> [MaskPattern] {
        switch kind {
        case .field: []
        case .password: [MaskPattern(#"://[^\s/?#"'<>@:]*:[^\s/?#"'<>@]+@"#, .credentials)]
        case .token: [MaskPattern(#"bearer [a-z0-9._~+/=-]{8}"#, caseless: true, .bearer)]
        case .jwt: [MaskPattern(#"eyJ[A-Za-z0-9_-]{10}"#, .webToken)]
        case .privateKey: [MaskPattern(#"-----BEGIN [A-Z ]*PRIVATE KEY"#, .privateKey)]
        case .apiKey:
            APIKey.shapes.map { MaskPattern($0.expression, .apiKey(byteCount: $0.byteCount)) }
        case .email: [MaskPattern(#"[a-z0-9._%+\x80-\xff-]@[a-z0-9\x80-\xff]"#, caseless: true, .email)]
        case .ip:
            [
                MaskPattern(#"[0-9]\.[0-9]{1,3}\.[0-9]{1,3}\.[0-9]"#, .ipv4),
                MaskPattern(#"(?:[0-9a-f]{1,4}:){4}"#, caseless: true, .ipv6),
                MaskPattern(#"::[0-9a-f]"#, caseless: true, .ipv6), MaskPattern(#"[0-9a-f]::"#, caseless: true, .ipv6),
            ]
        case .card:
            [MaskPattern(#"[0-9]{13}"#, .card), MaskPattern(#"[0-9]{4}[ -][0-9]{4}[ -]?[0-9]{2}[ -]?[0-9]{2}"#, .card)]
        case .phone:
            [
                MaskPattern(#"\+[0-9][0-9 ().-]{6}"#, .internationalPhone),
                MaskPattern(#"\([2-9][0-9]{2}\) [2-9][0-9]{2}[ .-][0-9]{4}"#, .phone(byteCount: 14)),
                MaskPattern(#"\([2-9][0-9]{2}\)[2-9][0-9]{2}[ .-][0-9]{4}"#, .phone(byteCount: 13)),
                MaskPattern(#"[2-9][0-9]{2}[ .-][2-9][0-9]{2}[ .-][0-9]{4}"#, .phone(byteCount: 12)),
            ]
        case .nationalId:
            NationalIdentifier.shapes.map {
                MaskPattern($0.expression, .nationalId($0.form, byteCount: $0.byteCount))
            }
        }
    }
}
