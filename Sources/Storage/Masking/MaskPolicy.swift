/// What is masked in which events, and how.
public struct MaskPolicy: Equatable, Sendable {
    /// What is masked in events of one type, or of all others.
    public struct Rules: Equatable, Sendable {
        /// Kinds that are not here stay as they are.
        public var modes: [MaskKind: MaskMode] = [:]
        /// By path, its keys joined by dots. They go before kinds.
        public var fields: [String: MaskMode] = [:]

        public init() {}

        /// How a kind is masked; nil when it is not.
        public func mode(_ kind: MaskKind) -> MaskMode? {
            guard let mode = modes[kind], mode != .keep else { return nil }
            return mode
        }

        /// These rules with others on top.
        func overridden(by other: Rules) -> Rules {
            var rules = self
            rules.modes.merge(other.modes) { $1 }
            rules.fields.merge(other.fields) { $1 }
            return rules
        }
    }

    /// For events whose type has no rules of its own.
    public var rules = Rules()
    /// What is different in events of a type.
    public private(set) var overrides: [String: Rules] = [:]

    private init() {}

    /// Nothing is masked.
    public static let none = MaskPolicy()

    /// What is done unless somebody says otherwise: secrets are redacted.
    public static let secrets: MaskPolicy = {
        var policy = MaskPolicy()
        for kind in MaskKind.secrets { policy.rules.modes[kind] = .redact }
        return policy
    }()

    /// Sets what is different in events of a type.
    public mutating func override(_ eventType: String, with rules: Rules) { overrides[eventType] = rules }

    public func rules(forEventType eventType: String) -> Rules {
        overrides[eventType].map { rules.overridden(by: $0) } ?? rules
    }

    /// All rules that events may meet, the general ones first.
    public var allRules: [Rules] { [rules] + overrides.keys.sorted().map { rules(forEventType: $0) } }

    /// Whether nothing is masked whatever comes.
    public var isEmpty: Bool {
        allRules.allSatisfy { rules in
            (Array(rules.modes.values) + Array(rules.fields.values)).allSatisfy { $0 == .keep }
        }
    }

    /// Whether some values become hashes, which need the store's key.
    public var needsKey: Bool {
        allRules.contains { $0.modes.values.contains(.hash) || $0.fields.values.contains(.hash) }
    }

    /// What `--mask` says: `none`, `all`, or the kinds to mask: `secrets,email=hash,card`. A kind without a mode keeps the one
    /// that it had. Gives what is wrong with it.
    public mutating func take(_ text: String) -> String? {
        if text == "none" {
            self = .none
            return nil
        }
        var chosen: [MaskKind: MaskMode] = [:]
        for part in text.split(separator: ",", omittingEmptySubsequences: false) {
            let sides = part.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
            let kinds = sides[0] == "all" ? MaskKind.allCases.filter { $0 != .field } : MaskKind.named(sides[0])
            guard let kinds else {
                return "there is no kind '\(sides[0])'; there are none, all, \(MaskKind.names)"
            }
            let mode = sides.count == 2 ? MaskMode(rawValue: sides[1]) : nil
            if sides.count == 2, mode == nil {
                return "there is no mode '\(sides[1])'; there are \(MaskMode.names)"
            }
            for kind in kinds { chosen[kind] = mode ?? rules.mode(kind) ?? .redact }
        }
        rules.modes = chosen
        return nil
    }
}
