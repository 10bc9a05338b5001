/// Conditions as one writes them.
extension Predicate: CustomStringConvertible {
    public var description: String {
        switch self {
        case .all(let parts): parts.map { $0.operandText }.joined(separator: " AND ")
        case .any(let parts): parts.map { $0.operandText }.joined(separator: " OR ")
        case .not(let part): "NOT \(part.operandText)"
        case .constant(let value): value ? "TRUE" : "FALSE"
        case .flag(let field): field.text
        case .comparison(let operand, let comparison, let value): "\(operand) \(comparison.rawValue) \(value)"
        case .oneOf(let operand, let values):
            "\(operand) IN (\(values.map(\.description).joined(separator: ", ")))"
        case .between(let operand, let low, let high): "\(operand) BETWEEN \(low) AND \(high)"
        case .text(let operand, let test, let value): "\(operand) \(test.rawValue) \(value)"
        case .exists(let field): "EXISTS(\(field.text))"
        case .isNull(let field): "\(field.text) IS NULL"
        }
    }

    /// In parentheses when it is a list of its own.
    private var operandText: String {
        switch self {
        case .all, .any: "(\(self))"
        default: description
        }
    }
}

extension Predicate.Operand: CustomStringConvertible {
    public var description: String { isAnyElement ? "ANY(\(field.text))" : field.text }
}
