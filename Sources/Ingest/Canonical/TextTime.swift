import Columns

/// Times as texts.
enum TextTime {
    static func read(_ text: borrowing Span<UInt8>) -> Int64? {
        if let (nanoseconds, _) = TimestampText.parse(text) { return nanoseconds }
        switch NumberText.classify(text) {
        case .int64(let value): return NumericTime.nanoseconds(value)
        case .double(let value): return NumericTime.nanoseconds(value)
        default: return nil
        }
    }
}
