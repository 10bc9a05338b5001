import Columns
import TimeQL

/// What is asked of one value. A value of another type does not pass.
indirect enum ValueTest: Hashable, Sendable {
    case exists
    case isNull
    case boolean(Predicate.Comparison, Bool)
    case number(Predicate.Comparison, NumberText.Value)
    case text(Predicate.Comparison, [UInt8])
    case contains([UInt8])
    case like(LikePattern)
    /// The expression is found anywhere in the text.
    case matches(RegularExpression)
    /// Nanoseconds since 1970.
    case time(Predicate.Comparison, Int64)
    case severity(Predicate.Comparison, Severity)
    /// A status that tells of a failure: a number of 400 or more, or a text such as `error`.
    case failure
    case anyOf([ValueTest])
    case allOf([ValueTest])
    /// An element of an array passes; of a value that is no array, the value itself.
    case anyElement(ValueTest)

    static var never: ValueTest { .anyOf([]) }

    /// The value is one of some texts.
    static func anyOf(texts: [String]) -> ValueTest { .anyOf(texts.map { .text(.equal, Array($0.utf8)) }) }

    /// The texts one of which a value must be; nil when others pass, too.
    var equalTexts: [[UInt8]]? {
        switch self {
        case .text(.equal, let text): return [text]
        case .anyOf(let tests):
            let texts = tests.compactMap { if case .text(.equal, let text) = $0 { text } else { nil } }
            return texts.count == tests.count ? texts : nil
        default: return nil
        }
    }

    /// Whether there are values of a type that pass.
    func canPass(_ type: ColumnType) -> Bool {
        switch self {
        case .exists: true
        case .isNull: type == .null
        case .boolean: type == .bool
        case .number: type.isNumber
        case .text, .contains, .like, .matches: type.isText
        case .time: type == .timestamp || type.isText
        case .severity: type.isText || type == .int64
        case .failure: type.isText || type.isNumber || type == .bool
        case .anyOf(let tests): tests.contains { $0.canPass(type) }
        case .allOf(let tests): tests.allSatisfy { $0.canPass(type) }
        case .anyElement(let test): type == .array || test.canPass(type)
        }
    }
}

extension ColumnType {
    var isNumber: Bool { self == .int64 || self == .uint64 || self == .double || self == .numberText }

    /// Ids and times count as the texts that came in.
    var isText: Bool {
        switch self {
        case .string, .timestamp, .id8Lower, .id8Upper, .id16Lower, .id16Upper, .uuidLower, .uuidUpper: true
        default: false
        }
    }
}

extension Predicate.Comparison {
    func holds<Value: Comparable>(_ left: Value, _ right: Value) -> Bool {
        switch self {
        case .equal: left == right
        case .notEqual: left != right
        case .less: left < right
        case .atMost: left <= right
        case .greater: left > right
        case .atLeast: left >= right
        }
    }
}

extension Quantity {
    /// With its scale multiplied out.
    var plain: NumberText.Value {
        guard let factor = unit?.factor, factor != 1 else { return number }
        switch number {
        case .int64(let value):
            let (product, overflows) = value.multipliedReportingOverflow(by: factor)
            return overflows ? .double(Double(value) * Double(factor)) : .int64(product)
        case .uint64(let value): return .double(Double(value) * Double(factor))
        case .double(let value): return .double(value * Double(factor))
        case .text: return number
        }
    }
}
