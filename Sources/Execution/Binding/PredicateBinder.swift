import Columns
import Storage
import TimeQL

/// Turns the conditions of a query into tests of the fields that events have.
struct PredicateBinder {
    let catalog: FieldCatalog
    let context: TimeContext
    var units = FieldUnits()

    func bind(_ predicate: Predicate) throws(ExecutionError) -> BoundPredicate {
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
                try bind(operand) { field throws(ExecutionError) in try test(field, comparison, literal) }
            }
        case .oneOf(let operand, let literals):
            try bind(operand) { field throws(ExecutionError) in
                var tests: [ValueTest] = []
                for literal in literals { tests.append(try test(field, .equal, literal)) }
                return .anyOf(tests)
            }
        case .between(let operand, let low, let high):
            try bind(operand) { field throws(ExecutionError) in
                .allOf([try test(field, .atLeast, low), try test(field, .atMost, high)])
            }
        case .text(let operand, let kind, let literal):
            try bind(operand) { _ throws(ExecutionError) in try text(kind, literal) }
        case .exists(let field): .test(try resolve(field), .exists)
        // What is missing is null, too.
        case .isNull(let field): .any([.test(try resolve(field), .isNull), .not(.test(try resolve(field), .exists))])
        }
    }

    private func bind(_ predicates: [Predicate]) throws(ExecutionError) -> [BoundPredicate] {
        var bound: [BoundPredicate] = []
        for predicate in predicates { bound.append(try bind(predicate)) }
        return bound
    }

    private func bind(
        _ operand: Predicate.Operand, _ test: (BoundField) throws(ExecutionError) -> ValueTest
    ) throws(ExecutionError) -> BoundPredicate {
        let field = try resolve(operand.field)
        let test = try test(field)
        return .test(field, operand.isAnyElement ? .anyElement(test) : test)
    }

    func resolve(_ field: FieldReference) throws(ExecutionError) -> BoundField {
        try catalog.resolve(field)
    }

    /// What a test of this name asks is whether an event tells of a failure.
    static let failureName = "error_occurred"

    /// A field of the events themselves with this name comes first.
    private func derived(_ field: FieldReference) throws(ExecutionError) -> BoundPredicate? {
        guard field.keys == [Self.failureName], (try? catalog.find(field)) == nil else { return nil }
        return .failing
    }

    // Values.

    private func test(
        _ field: BoundField, _ comparison: Predicate.Comparison, _ literal: Literal
    ) throws(ExecutionError) -> ValueTest {
        if field.canonical == .timestamp { return .time(comparison, try time(literal)) }
        switch literal.value {
        case .text(let text):
            if field.canonical == .severity, comparison != .equal, comparison != .notEqual {
                guard let severity = Severity(text) else {
                    throw .query(
                        QueryError(
                            .meaning, "'\(text)' is no severity that others can be compared with", at: literal.range,
                            hint: "the severities are \(Severity.allCases.map(\.name).joined(separator: ", "))"))
                }
                return .severity(comparison, severity)
            }
            return .text(comparison, Array(text.utf8))
        case .number(let quantity):
            return try number(quantity, of: field, literal.range).map { .number(comparison, $0) } ?? .never
        case .boolean(let value): return .boolean(comparison, value)
        case .null:
            throw .query(
                QueryError(
                    .meaning, "nothing can be compared with NULL", at: literal.range, hint: "write IS NULL"))
        case .parameter(let name):
            guard let text = context.parameters[name] else {
                throw .query(
                    QueryError(
                        .name, "no value was given for $\(name)", at: literal.range,
                        hint: "give it with --param \(name)=…"))
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

    private func time(_ literal: Literal) throws(ExecutionError) -> Int64 {
        let base: TimeExpression.Base
        switch literal.value {
        case .text(let text): base = .text(text)
        case .number(let quantity): base = .number(quantity)
        case .parameter(let name): base = .parameter(name)
        case .boolean, .null: throw .query(QueryError(.meaning, "this is no time", at: literal.range))
        }
        do throws(QueryError) {
            return try context.resolve(TimeExpression(base: base, offsets: [], range: literal.range))
        } catch {
            throw .query(error)
        }
    }

    private func text(_ kind: Predicate.TextTest, _ literal: Literal) throws(ExecutionError) -> ValueTest {
        let text: String
        switch literal.value {
        case .text(let value): text = value
        case .parameter(let name) where context.parameters[name] != nil: text = context.parameters[name] ?? ""
        default: throw .query(QueryError(.meaning, "\(kind.rawValue) needs a text", at: literal.range))
        }
        switch kind {
        case .contains: return .contains(Array(text.utf8))
        case .like: return .like(LikePattern(text))
        case .likeAnyCase: return .like(LikePattern(text, anyCase: true))
        case .matches:
            do throws(RegularExpression.Failure) {
                return .matches(try RegularExpression(text))
            } catch {
                guard case .invalid(let reason) = error else { return .never }
                throw .query(
                    QueryError(
                        .meaning, "this is no regular expression: \(reason)", at: literal.range,
                        hint: "the syntax is that of RE2: https://github.com/google/re2/wiki/Syntax"))
            }
        }
    }

    /// Part of the language that is not built yet.
    static func missing(_ what: String, _ range: SourceRange) -> QueryError {
        QueryError(.meaning, "\(what) is understood, but not answered yet", at: range)
    }
}
