/// What masking looks for.
public enum MaskKind: String, CaseIterable, Sendable {
    case password, token, apiKey, jwt, privateKey
    case email, card, nationalId, phone, ip
    /// The value of a field that the settings name, whatever it is.
    case field

    /// What lets somebody in who knows it.
    public static let secrets: [MaskKind] = [.password, .token, .apiKey, .jwt, .privateKey]

    /// What can be switched on and off by name.
    public static let names = "secrets, " + allCases.filter { $0 != .field }.map(\.rawValue).joined(separator: ", ")

    /// The kinds that a name stands for: one, or all secrets.
    public static func named(_ name: String) -> [MaskKind]? {
        if name == "secrets" { return secrets }
        return MaskKind(rawValue: name).flatMap { $0 == .field ? nil : [$0] }
    }
}

/// What becomes of a value that is masked.
public enum MaskMode: String, CaseIterable, Sendable {
    /// The name of its kind stands in its place.
    case redact
    /// A keyed hash stands in its place, the same for the same value.
    case hash
    /// It is left out.
    case drop
    /// It stays as it is.
    case keep

    static let names = allCases.map(\.rawValue).joined(separator: ", ")
}
