import Bytes
import Storage

/// What is done with a value because of where it stands.
enum MaskTreatment {
    /// It is looked at, and what is found in it is masked.
    case look
    case keep
    /// The settings name its field.
    case field(MaskMode)
    /// It stands under a name for secrets.
    case named(SecretName, MaskMode)

    /// What is done with a number; nil: it is looked at.
    var numberMask: (kind: MaskKind, mode: MaskMode)? {
        switch self {
        case .field(let mode): (.field, mode)
        case .named(let name, let mode) where name.kind == .password: (.password, mode)
        default: nil
        }
    }

    /// What is done with a text as a whole; nil: it is looked at.
    func textMask(_ text: Span<UInt8>) -> (kind: MaskKind, mode: MaskMode)? {
        switch self {
        case .look, .keep: return nil
        case .field(let mode): return (.field, mode)
        case .named(let name, let mode):
            if name.mayBeDirectory, text.byte(at: 0) == UInt8(ascii: "/") || text.byte(at: 1) == Byte.colon {
                return nil
            }
            return SecretText.isPlaceholder(text, 0..<text.count) ? nil : (name.kind, mode)
        }
    }
}

/// Rules, ready to be applied.
struct MaskRules {
    let rules: MaskPolicy.Rules
    /// By path, its keys joined by dots.
    private let fields: [[UInt8]: MaskMode]

    init(_ rules: MaskPolicy.Rules) {
        self.rules = rules
        fields = Dictionary(uniqueKeysWithValues: rules.fields.map { (Array($0.key.utf8), $0.value) })
    }

    var hasFields: Bool { !fields.isEmpty }

    func mode(ofField path: [UInt8]) -> MaskMode? { fields[path] }
}
