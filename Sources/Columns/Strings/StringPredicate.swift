/// A condition on a string of bytes.
public enum StringPredicate: Equatable, Sendable {
    case equal([UInt8])
    case anyOf([[UInt8]])
    case prefix([UInt8])
    case contains([UInt8])

    /// The strings that fulfil it, when they are told one by one.
    var wanted: [[UInt8]]? {
        switch self {
        case .equal(let string): [string]
        case .anyOf(let strings): strings
        case .prefix, .contains: nil
        }
    }

    /// Whether a string fulfils it.
    public func matches(_ string: some Collection<UInt8>) -> Bool {
        switch self {
        case .equal(let wanted): string.count == wanted.count && string.elementsEqual(wanted)
        case .anyOf(let wanted): wanted.contains { $0.count == string.count && string.elementsEqual($0) }
        case .prefix(let prefix): string.starts(with: prefix)
        case .contains(let part):
            StringVector(bytes: Array(string), ends: [UInt32(string.count)]).matches(containing: part)[0]
        }
    }
}
