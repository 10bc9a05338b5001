import Columns

extension FieldRun {
    /// The groups of the values that count, from those of all rows; nil: all are in the first.
    func groups(_ ofRows: [UInt32]?) -> [UInt32] {
        guard let ofRows else { return [UInt32](repeating: 0, count: count) }
        guard let places else { return ofRows }
        return places.map { ofRows[Int($0)] }
    }

    /// Whether values show as something: null and {} do not.
    var hasTexts: Bool {
        if case .presence = values { false } else { true }
    }

    /// The values that count as numbers, NaN where one is none; nil when none is.
    var numbers: [Double]? { chosen.numbers(type) }
}

extension ColumnVector {
    /// The values that count as numbers, NaN where one is none; nil when none is.
    func numbers(_ type: ColumnType) -> [Double]? {
        switch (self, type) {
        case (.integers(let words), .int64): words.map { Double(Int64(bitPattern: $0)) }
        case (.integers(let words), .uint64): words.map { Double($0) }
        case (.doubles(let values), _): values
        case (.strings(let texts), .numberText): (0..<texts.count).map { NumberText.nearestDouble(texts[$0].span) }
        case (.codedStrings(let texts, let codes), .numberText): Self.numbers(texts, codes)
        default: nil
        }
    }

    /// The numbers of entries of a dictionary, each of which is parsed once.
    private static func numbers(_ texts: StringVector, _ codes: [UInt32]) -> [Double] {
        func number(_ code: UInt32) -> Double { NumberText.nearestDouble(texts[Int(code)].span) }
        guard codes.count > texts.count else { return codes.map(number) }
        let known = (0..<UInt32(texts.count)).map(number)
        return codes.map { known[Int($0)] }
    }
}
