public import Bytes

extension ColumnVector {
    /// Why a value is none of the column's type (Format/Segment.md, 2.7), as far as one look at its words tells.
    public func wordProblem(_ type: ColumnType) -> String? {
        switch (self, type) {
        case (.integers(let values), .bool):
            values.reduce(0, |) > 1 ? "a bool that is neither 0 nor 1" : nil
        case (.integers(let values), .uint64):
            values.reduce(.max, &) >> 63 == 0 ? "a uint64 below 2^63" : nil
        case (.timestamps(_, let forms), _): Self.formProblem(forms)
        default: nil
        }
    }

    private static func formProblem(_ forms: [UInt64]) -> String? {
        var last: UInt64?
        for form in forms where form != last {
            guard let checked = TimestampForm(checking: form), checked.isColumnType else {
                return "form code \(form) is none of a timestamp column"
            }
            last = form
        }
        return nil
    }

    /// Why a value is no text of the column's type (Format/Segment.md, 2.7): to be asked before it is given away.
    public func textProblem(_ type: ColumnType) -> String? {
        switch self {
        case .strings(let strings): Self.textProblem(strings, Array(0..<strings.count), type)
        case .codedStrings(let dictionary, let codes):
            Self.textProblem(dictionary, Self.used(codes, of: dictionary.count), type)
        case .timestamps(let values, let forms): Self.timestampProblem(values, forms)
        default: nil
        }
    }

    private static func textProblem(_ strings: StringVector, _ indexes: [Int], _ type: ColumnType) -> String? {
        switch type {
        case .string:
            // The usual case: nothing but ASCII, which no boundary between two strings can break.
            if strings.bytes.allSatisfy({ $0 < 0x80 }) { return nil }
            return indexes.allSatisfy { String(validating: strings[$0], as: UTF8.self) != nil }
                ? nil : "a string that is not UTF-8"
        case .numberText:
            return indexes.allSatisfy { CompactJSON.isNumber(strings[$0]) }
                ? nil : "a number text that is no JSON number"
        case .array:
            return indexes.allSatisfy { CompactJSON.isArray(strings[$0]) } ? nil : "an array that is not compact JSON"
        default: return nil
        }
    }

    /// The codes that occur, ascending: a shared dictionary may hold texts that are of no concern here.
    private static func used(_ codes: [UInt32], of count: Int) -> [Int] {
        var isUsed = [Bool](repeating: false, count: count)
        for code in codes { isUsed[Int(code)] = true }
        return isUsed.indices.filter { isUsed[$0] }
    }

    private static func timestampProblem(_ values: [UInt64], _ forms: [UInt64]) -> String? {
        var renderer = TimestampRenderer()
        var room = [UInt8](repeating: 0, count: TimestampText.maximumByteCount + renderingSlackByteCount)
        for index in values.indices {
            let isShown = unsafe room.withUnsafeMutableBufferPointer { output in
                unsafe renderer.render(values[index], form: forms[index], at: output.baseAddress!) != nil
            }
            if !isShown { return "form code \(forms[index]) cannot show the timestamp \(values[index])" }
        }
        return nil
    }
}

extension RowBatch {
    /// Throws when a value is no text of its column's type: whoever gives values away as text asks first.
    public func checkTexts() throws(DecodeError) {
        for column in columns {
            guard let problem = column.values.textProblem(column.key.type) else { continue }
            throw .corrupt(at: 0, "column \(column.key.path) has \(problem)")
        }
    }
}
