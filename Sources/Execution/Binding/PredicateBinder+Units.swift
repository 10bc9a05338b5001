import Columns
import Storage
import TimeQL

/// Numbers with units, and what they are in the units of fields.
extension PredicateBinder {
    /// What a number is compared with; nil when what it counts is not what the field counts, so that no value passes.
    func number(_ quantity: Quantity, of field: BoundField, _ range: SourceRange) throws(ExecutionError) -> NumberText
        .Value?
    {
        guard let unit = quantity.unit, unit.dimension != .scale else { return quantity.plain }
        let known = try known(unit.dimension, of: field)?.unit
        switch (unit.dimension, known) {
        case (.percent, .fraction): return quantity.number.divided(by: 100)
        case (.percent, .percent), (.percent, nil): return quantity.plain
        case (.duration, .duration(let each)), (.bytes, .bytes(let each)): return quantity.plain.divided(by: each)
        case (_, nil):
            throw .query(
                QueryError(
                    .meaning, "nothing says what the numbers of '\(field.name)' count", at: range,
                    hint: "say it in the store's settings, such as \"units\": { \"\(field.name)\": \"ms\" },"
                        + " or compare with a plain number"))
        default: return nil
        }
    }

    private func known(
        _ dimension: Unit.Dimension, of field: BoundField
    ) throws(ExecutionError) -> (unit: FieldUnit, origin: FieldUnits.Origin)? {
        do throws(StoreError) {
            return dimension == .percent ? try units.share(of: field) : try units.unit(of: field)
        } catch {
            throw .store(error)
        }
    }

    /// How the numbers of a condition that have units were understood, and which of its comparisons are never true:
    /// for people.
    func notes(_ predicate: Predicate) throws(ExecutionError) -> [String] {
        var notes: [String] = []
        for (operand, literals) in predicate.comparisons {
            for literal in literals {
                guard case .number(let quantity) = literal.value, let unit = quantity.unit, unit.dimension != .scale
                else { continue }
                let field = try resolve(operand.field)
                notes.append(try note(quantity, of: field, known(unit.dimension, of: field), literal.range))
            }
        }
        notes += try bind(predicate).warnings(catalog)
        return notes.enumerated().filter { !notes[..<$0.offset].contains($0.element) }.map(\.element)
    }

    private func note(
        _ quantity: Quantity, of field: BoundField, _ known: (unit: FieldUnit, origin: FieldUnits.Origin)?,
        _ range: SourceRange
    ) throws(ExecutionError) -> String {
        guard let known else { return "\(quantity) is the number itself: nothing says what '\(field.name)' counts" }
        let reason =
            switch known.origin {
            case .settings: "the settings say that '\(field.name)' is in"
            case .name: "by its name '\(field.name)' is in"
            case .data: "its values have shown that '\(field.name)' is in"
            }
        guard let number = try number(quantity, of: field, range) else {
            return "\(quantity) can never be compared: \(reason) \(known.unit.name)"
        }
        return "\(quantity) is \(number.text): \(reason) \(known.unit.name)"
    }
}

extension NumberText.Value {
    fileprivate func divided(by divisor: Int64) -> NumberText.Value {
        switch self {
        case .int64(let value) where value % divisor == 0: .int64(value / divisor)
        case .int64(let value): .double(Double(value) / Double(divisor))
        case .uint64(let value): .double(Double(value) / Double(divisor))
        case .double(let value): .double(value / Double(divisor))
        case .text: self
        }
    }

    fileprivate var text: String {
        switch self {
        case .int64(let value): "\(value)"
        case .uint64(let value): "\(value)"
        case .double(let value): "\(value)"
        case .text: ""
        }
    }
}

extension Predicate {
    /// What is compared with what.
    fileprivate var comparisons: [(Operand, [Literal])] {
        switch self {
        case .all(let parts), .any(let parts): parts.flatMap(\.comparisons)
        case .not(let part): part.comparisons
        case .comparison(let operand, _, let literal): [(operand, [literal])]
        case .oneOf(let operand, let literals): [(operand, literals)]
        case .between(let operand, let low, let high): [(operand, [low, high])]
        case .constant, .flag, .text, .exists, .isNull: []
        }
    }
}
