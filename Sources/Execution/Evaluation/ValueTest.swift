import Columns
import TimeQL

/// What is asked of one value. A value of another type does not pass.
indirect enum ValueTest {
    case exists
    case isNull
    case boolean(Predicate.Comparison, Bool)
    case number(Predicate.Comparison, NumberText.Value)
    case text(Predicate.Comparison, [UInt8])
    case contains([UInt8])
    case like(LikePattern)
    /// Nanoseconds since 1970.
    case time(Predicate.Comparison, Int64)
    case severity(Predicate.Comparison, Severity)
    /// A status that tells of a failure: a number of 400 or more, or a text such as `error`.
    case failure
    case anyOf([ValueTest])
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
