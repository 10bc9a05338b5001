/// The decoded values of one column over some rows, without gaps.
public enum ColumnVector: Equatable, Sendable {
    /// null and emptyObject: that a row has the column is all there is.
    case presence(count: Int)
    /// bool (0, 1), int64 and storedAt (two's complement), uint64, sequence.
    case integers([UInt64])
    case doubles([Double])
    case strings(StringVector)
    /// Value i is `dictionary[codes[i]]`.
    case codedStrings(dictionary: StringVector, codes: [UInt32])
    /// Nanoseconds since 1970 UTC, and the form codes of their texts.
    case timestamps([UInt64], forms: [UInt64])
    /// Ids of `width` bytes, end to end.
    case fixed([UInt8], width: Int)

    public var count: Int {
        switch self {
        case .presence(let count): count
        case .integers(let values): values.count
        case .doubles(let values): values.count
        case .strings(let values): values.count
        case .codedStrings(_, let codes): codes.count
        case .timestamps(let values, _): values.count
        case .fixed(let bytes, let width): bytes.count / width
        }
    }
}
