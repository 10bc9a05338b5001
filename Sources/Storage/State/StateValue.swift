import Columns

/// A value on its way from one column to another.
struct StateValue: Equatable {
    enum Content: Equatable {
        /// null and {}: the type says all.
        case none
        case word(UInt64)
        case bytes([UInt8])
        case time(UInt64, form: UInt64)
    }

    var type: ColumnType
    var content: Content

    init(_ values: ColumnVector, type: ColumnType, at index: Int) {
        self.type = type
        switch values {
        case .presence: content = .none
        case .integers(let words): content = .word(words[index])
        case .doubles(let numbers): content = .word(numbers[index].bitPattern)
        case .strings(let texts): content = .bytes(Array(texts[index]))
        case .codedStrings(let texts, let codes): content = .bytes(Array(texts[Int(codes[index])]))
        case .timestamps(let words, let forms): content = .time(words[index], form: forms[index])
        case .fixed(let bytes, let width): content = .bytes(Array(bytes[index * width..<(index + 1) * width]))
        }
    }

    init(text: [UInt8]) {
        type = .string
        content = .bytes(text)
    }

    init(time: Int64) {
        type = .timestamp
        content = .time(UInt64(bitPattern: time), form: Self.timeForm)
    }

    /// Nine digits of a second, UTC.
    private static let timeForm = UInt64(TimestampForm.utc(fractionDigits: 9).rawValue)
}

/// Values of one type, one after another.
struct StateColumn {
    let type: ColumnType
    private(set) var count = 0
    private var words: [UInt64] = []
    private var forms: [UInt64] = []
    private var texts = StringVector()

    init(_ type: ColumnType) { self.type = type }

    mutating func append(_ value: StateValue) {
        count += 1
        switch value.content {
        case .none: break
        case .word(let word): words.append(word)
        case .bytes(let bytes): texts.append(bytes)
        case .time(let word, let form):
            words.append(word)
            forms.append(form)
        }
    }

    var vector: ColumnVector {
        switch type.layout {
        case .presenceOnly: .presence(count: count)
        case .integers: .integers(words)
        case .doubles: .doubles(words.map { Double(bitPattern: $0) })
        case .strings: .strings(texts)
        case .fixed8: .fixed(texts.bytes, width: 8)
        case .fixed16: .fixed(texts.bytes, width: 16)
        case .timestamps: .timestamps(words, forms: forms)
        }
    }
}
