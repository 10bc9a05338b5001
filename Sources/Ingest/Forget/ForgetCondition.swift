import Columns
import Storage

/// Something that an event must have to be forgotten.
public enum ForgetCondition: Equatable, Sendable {
    /// A value at a field: a canonical field, or a path with its keys joined by dots.
    case field(name: String, SoughtValue)
    /// A value anywhere: as a word of a text or a key, or as a number or an id.
    case anywhere(SoughtValue)

    /// Reads `userId=42`; nil when that is not what it is.
    public init?(field text: String) {
        let sides = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
        guard sides.count == 2, !sides[0].isEmpty, !sides[1].isEmpty else { return nil }
        self = .field(name: sides[0], SoughtValue(sides[1]))
    }

    public var value: SoughtValue {
        switch self {
        case .field(_, let value), .anywhere(let value): value
        }
    }

    /// What a column has to do with the condition.
    enum Role {
        case none
        /// Its values may be the value.
        case value
        /// Its arrays may hold the value behind these keys.
        case array(path: [UInt8])
        /// Its values, and its path, may hold the value as a word.
        case words
    }

    func role(of key: ColumnKey) -> Role {
        guard case .field(let name, _) = self else { return .words }
        guard let path = StorePath.original(key.path) else {
            return CanonicalField(rawValue: name)?.aliasPath == key.path ? .value : .none
        }
        let joined = Array(path.keys.joined(separator: ".").utf8)
        let wanted = Array(name.utf8)
        if joined == wanted { return key.type == .array ? .array(path: []) : .value }
        // Arrays on the way are passed through, as masking does.
        guard key.type == .array, wanted.starts(with: joined + [UInt8(ascii: ".")]) else { return .none }
        return .array(path: Array(wanted.dropFirst(joined.count + 1)))
    }

    /// Which values of a column fulfil it; empty: none.
    func marks(_ column: RowBatch.Column) -> [Bool] {
        switch role(of: column.key) {
        case .none: []
        case .value: value.equals(column)
        case .array(let path): ArraySearch(value, path: path).finds(in: column)
        case .words:
            Self.names(column.key.path, value)
                ? [Bool](repeating: true, count: column.values.count) : value.stands(in: column)
        }
    }

    /// Whether a key of a path holds a value as a word.
    static func names(_ path: ColumnPath, _ value: SoughtValue) -> Bool {
        path.keys.contains { SoughtValue.isWord([value.text], in: Array($0.utf8).span) }
    }
}
