public import Bytes
public import Columns

/// A condition on the values of a column, in terms that its encoding may answer without decoding them.
public enum ColumnTest {
    /// On the words of integers, or the nanoseconds of times.
    case integers(IntegerPredicate)
    case doubles(ClosedRange<Double>)
    case strings(StringPredicate)
    /// Any condition on strings; each entry of a dictionary is asked once.
    /// Those that pass contain a text, when there is one.
    case texts((StringVector) -> Bitmap, containing: SoughtText? = nil)
    /// The bytes of an id, as many as those of the column have.
    case id([UInt8])
    /// Any condition on values that are decoded first.
    case values((ColumnVector) -> Bitmap)
}

extension ColumnTest {
    /// Which of some decoded values pass.
    func matches(_ values: ColumnVector) -> Bitmap {
        switch (self, values) {
        case (.values(let passes), _): passes(values)
        case (.integers(let predicate), .integers(let words)), (.integers(let predicate), .timestamps(let words, _)):
            predicate.matches(words)
        case (.doubles(let range), .doubles(let numbers)):
            Self.bitmap(numbers.count) { range.contains(numbers[$0]) }
        case (.strings(let predicate), .strings(let strings)): strings.matches(predicate)
        case (.texts(let passes, _), .strings(let strings)): passes(strings)
        case (_, .codedStrings(let dictionary, let codes)): Self.entries(matches(.strings(dictionary)), codes)
        case (.id(let wanted), .fixed(let bytes, let width)): Self.matches(wanted, bytes[...], width: width)
        default: Bitmap(count: values.count)
        }
    }

    /// What values must contain to pass; nil: that is not told.
    var containedText: SoughtText? {
        switch self {
        case .strings(.contains(let part)): SoughtText(part)
        case .texts(_, let text): text
        default: nil
        }
    }

    private static func entries(_ areMatches: Bitmap, _ codes: [UInt32]) -> Bitmap {
        bitmap(codes.count) { areMatches[Int(codes[$0])] }
    }

    /// Which ids of `width` bytes, laid end to end, are the wanted one.
    static func matches(_ wanted: [UInt8], _ bytes: ArraySlice<UInt8>, width: Int) -> Bitmap {
        let count = bytes.count / width
        guard wanted.count == width else { return Bitmap(count: count) }
        let (first, second) = (word(wanted.span, 0), width == 16 ? word(wanted.span, 8) : 0)
        let all = bytes.span
        return bitmap(count) { index in
            word(all, index &* width) == first && (width == 8 || word(all, index &* width &+ 8) == second)
        }
    }

    @inline(__always)
    private static func word(_ bytes: borrowing Span<UInt8>, _ offset: Int) -> UInt64 {
        unsafe bytes.bytes.unsafeLoadUnaligned(fromByteOffset: offset, as: UInt64.self)
    }

    @inline(__always)
    private static func bitmap(_ count: Int, _ isSet: (Int) -> Bool) -> Bitmap {
        var words = [UInt64](repeating: 0, count: (count + 63) / 64)
        for index in 0..<count {
            words[index &>> 6] |= (isSet(index) ? 1 : 0) &<< UInt64(truncatingIfNeeded: index & 63)
        }
        return Bitmap(count: count, words: words)
    }
}
