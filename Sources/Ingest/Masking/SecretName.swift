import Bytes
import Storage

/// Names whose values are secrets: `password`, `X-Api-Key`, `clientSecret`, `AWS_SECRET_ACCESS_KEY`.
///
/// What a name ends with decides, whatever its case and however its words are joined.
struct SecretName {
    var kind: MaskKind
    /// Shells have their working directory under this name.
    var mayBeDirectory: Bool

    /// In the way of the matcher, in either case, each with a text that it matches and its ``MaskPattern/literals``.
    static let expressions = [
        ("passw(?:or)?d", "Password", ["passw"]), ("passphrase", "passphrase", ["passphra"]),
        ("passcode", "passcode", ["passcode"]), ("pwd", "PWD", ["pwd"]), ("secret", "secret", ["secret"]),
        ("token", "Token", ["token"]), ("authorization", "authorization", ["authoriz"]),
        ("credentials?", "credentials", ["credenti"]),
        ("(?:api|access|secret|account|private)[-_. ]?key", "Api-Key", keyLiterals),
    ]

    /// A key behind what may join it to the word before, or the last letter of that.
    private static let keyLiterals = ["-", "_", ".", " ", "i", "s", "t", "e"].map { $0 + "key" }

    private static let endings: [(letters: [UInt8], kind: MaskKind)] = [
        ("password", MaskKind.password), ("passwd", .password), ("passphrase", .password), ("passcode", .password),
        ("pwd", .password), ("secret", .token), ("token", .token), ("authorization", .token), ("credential", .token),
        ("credentials", .token), ("apikey", .apiKey), ("accesskey", .apiKey), ("secretkey", .apiKey),
        ("accountkey", .apiKey), ("privatekey", .privateKey),
    ].map { (Array($0.0.utf8), $0.1) }

    /// Names of .NET's assemblies have one, which everybody may know.
    private static let publicToken = Array("publickeytoken".utf8)

    /// The name that ends before `end`, if it is that of a secret.
    init?(in text: Span<UInt8>, endingAt end: Int) {
        guard end > 0 else { return nil }
        for (letters, kind) in Self.endings where text[end - 1] | 0x20 == letters[letters.count - 1] {
            guard Self.ends(text, end, with: letters) else { continue }
            if Self.ends(text, end, with: Self.publicToken) { return nil }
            self.kind = kind
            mayBeDirectory = letters.count == 3
            return
        }
        return nil
    }

    private static func ends(_ text: Span<UInt8>, _ end: Int, with letters: [UInt8]) -> Bool {
        var position = end
        for (index, letter) in letters.reversed().enumerated() {
            if index > 0, position > 0, isJoint(text[position - 1]) { position -= 1 }
            guard position > 0, text[position - 1] | 0x20 == letter else { return false }
            position -= 1
        }
        return true
    }

    private static func isJoint(_ byte: UInt8) -> Bool {
        byte == Byte.dash || byte == UInt8(ascii: "_") || byte == UInt8(ascii: ".") || byte == Byte.space
    }
}
