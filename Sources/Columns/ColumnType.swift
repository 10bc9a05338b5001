/// The type of a column (Format/Segment.md, 2.7). A path may have columns of several types.
public enum ColumnType: UInt8, Sendable, CaseIterable {
    case null = 1
    case bool = 2
    case int64 = 3
    case uint64 = 4
    case double = 5
    case numberText = 6
    case string = 7
    case bytes = 8
    case timestamp = 9
    case id8Lower = 10
    case id8Upper = 11
    case id16Lower = 12
    case id16Upper = 13
    case uuidLower = 14
    case uuidUpper = 15
    case array = 16
    case emptyObject = 17
    case storedAt = 32
    case sequence = 33
    case shape = 34
    case overflow = 35

    /// Whether the column says something of the row and is not in the event.
    public var isSystem: Bool { rawValue >= ColumnType.storedAt.rawValue }

    /// How the values of a column are laid out in memory and which family of nodes encodes them.
    public enum Layout: Sendable {
        case presenceOnly, integers, doubles, strings, fixed8, fixed16, timestamps
    }

    public var layout: Layout {
        switch self {
        case .null, .emptyObject: .presenceOnly
        case .bool, .int64, .uint64, .storedAt, .sequence, .shape: .integers
        case .double: .doubles
        case .numberText, .string, .bytes, .array, .overflow: .strings
        case .timestamp: .timestamps
        case .id8Lower, .id8Upper: .fixed8
        case .id16Lower, .id16Upper, .uuidLower, .uuidUpper: .fixed16
        }
    }
}
