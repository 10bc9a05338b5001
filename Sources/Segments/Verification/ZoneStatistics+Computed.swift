import Columns

extension ColumnStatistics.ZoneStatistics {
    /// What the statistics of a zone must be, from its values; their bounds only when `stored` has some.
    init(of values: ColumnVector, zone: Int, like stored: Self) {
        self.zone = zone
        valueCount = values.count
        distinctCount = stored.distinctCount == 0 ? 0 : values.distinctCount
        bounds = .none
        switch (stored.bounds, values) {
        case (.none, _): break
        case (.signed, .integers(let words)), (.signed, .timestamps(let words, _)):
            let numbers = words.lazy.map { Int64(bitPattern: $0) }
            if let low = numbers.min(), let high = numbers.max() { bounds = .signed(low...high) }
        case (.unsigned, .integers(let words)):
            if let low = words.min(), let high = words.max() { bounds = .unsigned(low...high) }
        case (.double, .doubles(let numbers)):
            let comparable = numbers.filter { !$0.isNaN }
            var range: ClosedRange<Double>?
            if let low = comparable.min(), let high = comparable.max() { range = low...high }
            bounds = .double(range, nanCount: numbers.count - comparable.count)
        case (.text, .strings(let strings)): bounds = Self.textBounds(strings, 0..<strings.count)
        case (.text, .codedStrings(let dictionary, let codes)):
            bounds = Self.textBounds(dictionary, Set(codes).map { Int($0) })
        default: break
        }
    }

    private static func textBounds(_ strings: StringVector, _ indexes: some Sequence<Int>) -> ColumnStatistics.Bounds {
        var extremes: (low: ArraySlice<UInt8>, high: ArraySlice<UInt8>)?
        for index in indexes {
            let text = strings[index]
            guard let known = extremes else {
                extremes = (text, text)
                continue
            }
            if text.lexicographicallyPrecedes(known.low) { extremes?.low = text }
            if known.high.lexicographicallyPrecedes(text) { extremes?.high = text }
        }
        guard let extremes else { return .none }
        let byteCount = StatisticsBuilder.textByteCount
        return .text(minimum: Array(extremes.low.prefix(byteCount)), maximum: Array(extremes.high.prefix(byteCount)))
    }
}

extension ColumnVector {
    /// Doubles differ when their bits do, timestamps when their instants do.
    fileprivate var distinctCount: Int {
        switch self {
        case .presence: 1
        case .integers(let words), .timestamps(let words, _): Set(words).count
        case .doubles(let numbers): Set(numbers.lazy.map(\.bitPattern)).count
        case .strings(let strings): Set((0..<strings.count).lazy.map { strings[$0] }).count
        case .codedStrings(let dictionary, let codes): Set(Set(codes).lazy.map { dictionary[Int($0)] }).count
        case .fixed(let bytes, let width):
            Set(stride(from: 0, to: bytes.count, by: width).lazy.map { bytes[$0..<$0 + width] }).count
        }
    }
}
