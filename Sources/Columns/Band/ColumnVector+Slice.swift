extension StringVector {
    /// Some of the strings, as a vector of their own.
    public func slice(_ range: Range<Int>) -> StringVector {
        guard !range.isEmpty else { return StringVector() }
        let start = self.range(range.lowerBound).lowerBound
        let end = self.range(range.upperBound - 1).upperBound
        let base = UInt32(start)
        return StringVector(bytes: Array(bytes[start..<end]), ends: ends[range].map { $0 - base })
    }

    public mutating func append(_ other: StringVector) {
        let base = UInt32(bytes.count)
        bytes.append(contentsOf: other.bytes)
        ends.append(contentsOf: other.ends.lazy.map { $0 + base })
    }

    /// The strings with the given indexes, in that order.
    public func gather(_ indexes: [UInt32]) -> StringVector {
        let byteCount = indexes.reduce(0) { $0 &+ range(Int($1)).count }
        var ends: [UInt32] = []
        let gathered = unsafe [UInt8](unsafeUninitializedCapacity: byteCount) { output, filledByteCount in
            unsafe bytes.withUnsafeBufferPointer { bytes in
                ends = unsafe [UInt32](unsafeUninitializedCapacity: indexes.count) { ends, filledCount in
                    for place in indexes.indices {
                        let string = range(Int(indexes[place]))
                        if string.count > 0 {
                            unsafe (output.baseAddress! + filledByteCount).update(
                                from: bytes.baseAddress! + string.lowerBound, count: string.count)
                        }
                        filledByteCount &+= string.count
                        unsafe ends[place] = UInt32(truncatingIfNeeded: filledByteCount)
                    }
                    filledCount = indexes.count
                }
            }
        }
        return StringVector(bytes: gathered, ends: ends)
    }
}

extension ColumnVector {
    /// Some of the values.
    public func slice(_ range: Range<Int>) -> ColumnVector {
        if range.lowerBound == 0, range.upperBound == count { return self }
        return switch self {
        case .presence: .presence(count: range.count)
        case .integers(let values): .integers(Array(values[range]))
        case .doubles(let values): .doubles(Array(values[range]))
        case .strings(let values): .strings(values.slice(range))
        case .codedStrings(let dictionary, let codes):
            .codedStrings(dictionary: dictionary, codes: Array(codes[range]))
        case .timestamps(let values, let forms): .timestamps(Array(values[range]), forms: Array(forms[range]))
        case .fixed(let bytes, let width):
            .fixed(Array(bytes[range.lowerBound * width..<range.upperBound * width]), width: width)
        }
    }

    /// The strings one by one, whether they are coded or not; nil for other values.
    public var plainStrings: StringVector? {
        switch self {
        case .strings(let values): values
        case .codedStrings(let dictionary, let codes): dictionary.gather(codes)
        default: nil
        }
    }

    /// These values and then those; nil when they are of different layouts.
    public func appending(_ other: ColumnVector) -> ColumnVector? {
        switch (self, other) {
        case (.presence(let first), .presence(let second)): return .presence(count: first + second)
        case (.integers(let first), .integers(let second)): return .integers(first + second)
        case (.doubles(let first), .doubles(let second)): return .doubles(first + second)
        case (.timestamps(let first, let firstForms), .timestamps(let second, let secondForms)):
            return .timestamps(first + second, forms: firstForms + secondForms)
        case (.fixed(let first, let width), .fixed(let second, let secondWidth)):
            return width == secondWidth ? .fixed(first + second, width: width) : nil
        default:
            guard var strings = plainStrings, let more = other.plainStrings else { return nil }
            strings.append(more)
            return .strings(strings)
        }
    }
}
