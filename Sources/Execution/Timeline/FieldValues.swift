import Bytes
import Columns
import Segments

/// The different texts of a field, each with a number, and which of them the entries of dictionaries are.
struct FieldValues {
    private(set) var texts = TextNumbers()
    /// Numbers of the entries of dictionaries of one segment, -1 for those that no row had yet.
    private var entries: [FieldRun.DictionaryName: [Int32]] = [:]
    private var segment: ObjectIdentifier?
    /// Numbers of integers that were shown before.
    private var words: [ColumnType: [UInt64: Int32]] = [:]

    /// Sets for each row that has the field the number of its text.
    mutating func number(_ field: BoundField, of found: FoundRows, into numbers: inout [Int32]) throws(SegmentError) {
        let segment = ObjectIdentifier(found.zones.reader)
        if self.segment != segment {
            self.segment = segment
            entries = [:]
        }
        // Taken out meanwhile, so that the tables are changed in place.
        var (texts, entries, words) = (texts, entries, words)
        (self.texts, self.entries, self.words) = (TextNumbers(), [:], [:])
        defer { (self.texts, self.entries, self.words) = (texts, entries, words) }
        try found.forEachRun(of: field) { run in
            switch run.values {
            case .codedStrings(let dictionary, let codes):
                var known = run.dictionary.flatMap { entries.removeValue(forKey: $0) } ?? []
                if known.isEmpty, field.showsPatterns {
                    // All at once: an entry by itself is cut no faster.
                    let patterns = dictionary.patterns
                    known = (0..<patterns.count).map { Int32(texts.number(of: patterns[$0])) }
                } else if known.isEmpty {
                    known = [Int32](repeating: -1, count: dictionary.count)
                }
                Self.number(run, codes, &numbers, &known) { texts.number(of: dictionary, $0) }
                if let name = run.dictionary { entries[name] = known }
            case .integers(let values):
                var known = words.removeValue(forKey: run.type) ?? [:]
                run.forEachValue { value, row in
                    let word = values[value]
                    if let number = known[word] {
                        numbers[row] = number
                    } else if let text = ColumnVector.integers([word]).texts(type: run.type) {
                        let number = Int32(texts.number(of: text[0]))
                        known[word] = number
                        numbers[row] = number
                    }
                }
                words[run.type] = known
            case .presence: break
            default:
                guard var shown = run.chosen.shownTexts(run.type) else { break }
                if field.showsPatterns { shown = shown.patterns }
                for index in 0..<shown.count { numbers[run.place(index)] = Int32(texts.number(of: shown, index)) }
            }
        }
    }

    /// Sets the numbers of rows by those of the entries of a dictionary.
    private static func number(
        _ run: FieldRun, _ codes: [UInt32], _ numbers: inout [Int32], _ known: inout [Int32], _ find: (Int) -> Int
    ) {
        var rows = numbers.mutableSpan
        var entries = known.mutableSpan
        let codes = codes.span
        run.forEachValue { value, row in
            let code = Int(codes[value])
            if entries[code] < 0 { entries[code] = Int32(find(code)) }
            rows[row] = entries[code]
        }
    }

    /// The number that a text of others has here.
    mutating func number(of text: ArraySlice<UInt8>) -> Int32 { Int32(texts.number(of: text)) }

    /// Forgets what is only known of one segment.
    mutating func forgetSegment() {
        segment = nil
        entries = [:]
        words = [:]
    }

    var byteCount: Int {
        texts.byteCount + entries.values.reduce(0) { $0 + $1.count * 4 } + words.values.reduce(0) { $0 + $1.count * 24 }
    }
}

extension StringVector {
    /// The pattern of each text.
    fileprivate var patterns: StringVector {
        let found = MessagePatterns(self)
        var patterns = StringVector()
        for code in found.codes { patterns.append(found.texts[Int(code)]) }
        return patterns
    }
}

extension ColumnVector {
    /// What shows each value; nil for values that have none.
    func shownTexts(_ type: ColumnType) -> StringVector? {
        guard case .doubles(let numbers) = self else { return texts(type: type) }
        var shown = StringVector()
        for number in numbers {
            var text: [UInt8] = []
            NumberText.append(double: number, to: &text)
            shown.append(text)
        }
        return shown
    }
}
