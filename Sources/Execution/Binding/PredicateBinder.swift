import Columns
import Storage
import TimeQL

/// Turns the conditions of a query into tests of the fields that events have.
struct PredicateBinder {
    let catalog: FieldCatalog
    let context: TimeContext

    func bind(_ predicate: Predicate) throws(QueryError) -> BoundPredicate {
        switch predicate {
        case .all(let parts): .all(try bind(parts))
        case .any(let parts): .any(try bind(parts))
        case .not(let part): .not(try bind(part))
        case .constant(let value): .constant(value)
        case .flag(let field):
            if let derived = try derived(field) { derived } else { .test(try resolve(field), .boolean(.equal, true)) }
        case .comparison(let operand, let comparison, let literal):
            if let derived = try derived(operand.field), case .boolean(let value) = literal.value,
                comparison == .equal || comparison == .notEqual
            {
                value == (comparison == .equal) ? derived : .not(derived)
            } else {
                try bind(operand) { field throws(QueryError) in try test(field, comparison, literal) }
            }
        case .oneOf(let operand, let literals):
            try bind(operand) { field throws(QueryError) in
                var tests: [ValueTest] = []
                for literal in literals { tests.append(try test(field, .equal, literal)) }
                return .anyOf(tests)
            }
        case .between(let operand, let low, let high):
            .all([
                try bind(.comparison(operand, .atLeast, low)), try bind(.comparison(operand, .atMost, high)),
            ])
        case .text(let operand, let kind, let literal):
            try bind(operand) { _ throws(QueryError) in try text(kind, literal) }
        case .exists(let field): .test(try resolve(field), .exists)
        // What is missing is null, too.
        case .isNull(let field): .any([.test(try resolve(field), .isNull), .not(.test(try resolve(field), .exists))])
        }
    }

    private func bind(_ predicates: [Predicate]) throws(QueryError) -> [BoundPredicate] {
        var bound: [BoundPredicate] = []
        for predicate in predicates { bound.append(try bind(predicate)) }
        return bound
    }

    private func bind(
        _ operand: Predicate.Operand, _ test: (BoundField) throws(QueryError) -> ValueTest
    ) throws(QueryError) -> BoundPredicate {
        if operand.isAnyElement { throw Self.missing("ANY", operand.field.range) }
        let field = try resolve(operand.field)
        return .test(field, try test(field))
    }

    private func resolve(_ field: FieldReference) throws(QueryError) -> BoundField { try catalog.resolve(field) }

    /// `error_occurred`: an event of type error, of severity ERROR or worse, or with a failing status. A field of the
    /// events themselves with this name comes first.
    private func derived(_ field: FieldReference) throws(QueryError) -> BoundPredicate? {
        guard field.keys == ["error_occurred"], (try? catalog.resolve(field)) == nil else { return nil }
        return .any([
            .test(BoundField(.eventType), .text(.equal, Array("error".utf8))),
            .test(BoundField(.severity), .severity(.atLeast, .error)),
            .test(BoundField(.status), .failure),
        ])
    }

    // Values.

    private func test(
        _ field: BoundField, _ comparison: Predicate.Comparison, _ literal: Literal
    ) throws(QueryError) -> ValueTest {
        if field.canonical == .timestamp { return .time(comparison, try time(literal)) }
        switch literal.value {
        case .text(let text):
            if field.canonical == .severity, comparison != .equal, comparison != .notEqual {
                guard let severity = Severity(text) else {
                    throw QueryError(
                        .meaning, "'\(text)' is no severity that others can be compared with", at: literal.range,
                        hint: "the severities are \(Severity.allCases.map(\.name).joined(separator: ", "))")
                }
                return .severity(comparison, severity)
            }
            return .text(comparison, Array(text.utf8))
        case .number(let quantity):
            guard quantity.unit == nil || quantity.unit?.dimension == .scale else {
                throw Self.missing("a unit in a comparison", literal.range)
            }
            return .number(comparison, quantity.plain)
        case .boolean(let value): return .boolean(comparison, value)
        case .null:
            throw QueryError(
                .meaning, "nothing can be compared with NULL", at: literal.range, hint: "write IS NULL")
        case .parameter(let name):
            guard let text = context.parameters[name] else {
                throw QueryError(
                    .name, "no value was given for $\(name)", at: literal.range, hint: "give it with --param \(name)=…")
            }
            return try test(field, comparison, Literal(value: Self.value(text), range: literal.range))
        }
    }

    /// A parameter is a number or true or false when it is written like one.
    private static func value(_ text: String) -> Literal.Value {
        switch NumberText.classify(Array(text.utf8).span) {
        case .text: text == "true" ? .boolean(true) : text == "false" ? .boolean(false) : .text(text)
        case let number: .number(Quantity(number: number, unit: nil))
        }
    }

    private func time(_ literal: Literal) throws(QueryError) -> Int64 {
        let base: TimeExpression.Base
        switch literal.value {
        case .text(let text): base = .text(text)
        case .number(let quantity): base = .number(quantity)
        case .parameter(let name): base = .parameter(name)
        case .boolean, .null: throw QueryError(.meaning, "this is no time", at: literal.range)
        }
        return try context.resolve(TimeExpression(base: base, offsets: [], range: literal.range))
    }

    private func text(_ kind: Predicate.TextTest, _ literal: Literal) throws(QueryError) -> ValueTest {
        let text: String
        switch literal.value {
        case .text(let value): text = value
        case .parameter(let name) where context.parameters[name] != nil: text = context.parameters[name] ?? ""
        default: throw QueryError(.meaning, "\(kind.rawValue) needs a text", at: literal.range)
        }
        switch kind {
        case .contains: return .contains(Array(text.utf8))
        case .like: return .like(LikePattern(text))
        case .likeAnyCase: return .like(LikePattern(text, anyCase: true))
        case .matches: throw Self.missing("MATCHES", literal.range)
        }
    }

    /// Part of the language that is not built yet.
    static func missing(_ what: String, _ range: SourceRange) -> QueryError {
        QueryError(.meaning, "\(what) is understood, but not answered yet", at: range)
    }
}
