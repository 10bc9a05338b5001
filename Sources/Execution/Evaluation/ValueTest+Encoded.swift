import Bytes
import Columns
import Segments
import TimeQL

/// A test of a field as what is asked of one column of it.
enum EncodedTest {
    /// No value of such a column passes.
    case none
    /// Every value does.
    case all
    case column(ColumnTest)
    case either([EncodedTest])
}

extension ValueTest {
    /// The same test in terms of the encodings of a column of some type; what those cannot tell is asked of decoded
    /// values.
    func encoded(for type: ColumnType) -> EncodedTest {
        guard canPass(type) else { return .none }
        switch (self, type) {
        case (.exists, _): return .all
        case (.isNull, _): return type == .null ? .all : .none
        case (.anyOf(let tests), _):
            if type == .string, let texts = equalTexts { return .column(.strings(.anyOf(texts))) }
            return .either(tests.map { $0.encoded(for: type) })
        case (.anyElement(let test), _) where type != .array: return test.encoded(for: type)
        case (.time(let comparison, let time), .timestamp): return .integers(comparison.ranges(of: time))
        case (.number(let comparison, let number), .int64):
            return number.integerRanges(comparison).map(EncodedTest.integers) ?? decoded(type)
        case (.failure, .int64): return .integers([400...Int64.max])
        case (.severity(let comparison, let severity), .int64):
            let known: ClosedRange<Int64> = 1...24
            return .integers(
                comparison.ranges(of: Int64(severity.rawValue)).filter { $0.overlaps(known) }
                    .map { $0.clamped(to: known) })
        case (.number(let comparison, let number), .double):
            return number.doubleRanges(comparison).map { .either($0.map { .column(.doubles($0)) }) } ?? decoded(type)
        case (.failure, .double): return .column(.doubles(400...Double.infinity))
        case (.boolean(let comparison, let wanted), .bool):
            return .column(
                .integers(.set([0, 1].filter { comparison.holds($0, wanted ? 1 : 0) }.map { UInt64($0) })))
        case (.failure, .bool): return .column(.integers(.equal(0)))
        case (.text(.equal, let text), .string): return .column(.strings(.equal(text)))
        case (.contains(let part), .string): return .column(.strings(.contains(part)))
        case (.like(let pattern), .string):
            if let predicate = pattern.predicate { return .column(.strings(predicate)) }
            return texts(type, containing: pattern.longestPart)
        case (.matches(let expression), .string): return texts(type, containing: expression.requiredText)
        case (.text(.equal, let text), _) where type.layout == .fixed8 || type.layout == .fixed16:
            return Self.id(text, type).map { .column(.id($0)) } ?? .none
        default: return decoded(type)
        }
    }

    private func texts(_ type: ColumnType, containing text: SoughtText?) -> EncodedTest {
        .column(.texts({ matches(.strings($0), type: type) }, containing: text))
    }

    private func decoded(_ type: ColumnType) -> EncodedTest {
        if type.layout == .strings { return texts(type, containing: nil) }
        return .column(.values { matches($0, type: type) })
    }

    /// The bytes that a column of ids of this type shows as the text; nil when it shows none so.
    private static func id(_ text: [UInt8], _ type: ColumnType) -> [UInt8]? {
        guard var id = IdentifierText.parse(text.span), id.type.layout == type.layout else { return nil }
        id.type = type
        var shown: [UInt8] = []
        IdentifierText.append(id, to: &shown)
        return shown == text ? id.bytes : nil
    }
}

extension EncodedTest {
    fileprivate static func integers(_ ranges: [ClosedRange<Int64>]) -> EncodedTest {
        .either(
            ranges.map {
                .column(
                    .integers(
                        .range(
                            UInt64(bitPattern: $0.lowerBound), UInt64(bitPattern: $0.upperBound), isSigned: true)))
            })
    }
}

extension Predicate.Comparison {
    /// The integers for which the comparison with a number holds.
    fileprivate func ranges(of number: Int64) -> [ClosedRange<Int64>] {
        let below = number > .min ? [Int64.min...number - 1] : []
        let above = number < .max ? [number + 1...Int64.max] : []
        return switch self {
        case .equal: [number...number]
        case .notEqual: below + above
        case .less: below
        case .atMost: [Int64.min...number]
        case .greater: above
        case .atLeast: [number...Int64.max]
        }
    }
}

extension NumberText.Value {
    /// The integers for which a comparison with this number holds; nil: not told here.
    fileprivate func integerRanges(_ comparison: Predicate.Comparison) -> [ClosedRange<Int64>]? {
        switch self {
        case .int64(let number): return comparison.ranges(of: number)
        case .double(let number):
            // A number that is no integer lies between two of them.
            guard abs(number) < 0x1p62 else { return nil }
            let floor = Int64(number.rounded(.down))
            if Double(floor) == number { return comparison.ranges(of: floor) }
            return switch comparison {
            case .equal: []
            case .notEqual: [Int64.min...Int64.max]
            case .less, .atMost: [Int64.min...floor]
            case .greater, .atLeast: [floor + 1...Int64.max]
            }
        case .uint64, .text: return nil
        }
    }

    /// The same for doubles. A NaN is in no range.
    func doubleRanges(_ comparison: Predicate.Comparison) -> [ClosedRange<Double>]? {
        let number: Double
        switch self {
        case .double(let value): number = value
        case .int64(let value):
            guard let exact = Double(exactly: value) else { return nil }
            number = exact
        case .uint64, .text: return nil
        }
        guard number.isFinite else { return nil }
        let below = -Double.infinity...number.nextDown
        let above = number.nextUp...Double.infinity
        return switch comparison {
        case .equal: [number...number]
        case .notEqual: [below, above]
        case .less: [below]
        case .atMost: [-Double.infinity...number]
        case .greater: [above]
        case .atLeast: [number...Double.infinity]
        }
    }
}
