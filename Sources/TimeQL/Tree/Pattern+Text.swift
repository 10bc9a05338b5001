/// Patterns as one writes them.
extension PatternStatement: CustomStringConvertible {
    public var description: String {
        var text = "MATCH PATTERN WHERE \(pattern)"
        if let totalLimit { text += " TOTAL WITHIN \(totalLimit)" }
        if let period { text += " \(period)" }
        if !sharedFields.isEmpty { text += " ON " + sharedFields.map(\.text).joined(separator: ", ") }
        if isOverlapping { text += " OVERLAPPING" }
        if includesPartial { text += " WITH PARTIAL" }
        if let limit { text += " LIMIT \(limit.value)" }
        return text
    }
}

extension Pattern: CustomStringConvertible {
    public var description: String {
        switch self {
        case .step(let step): return step.description
        case .sequence(let first, let rest): return first.part + rest.map(\.description).joined()
        case .alternatives(let patterns):
            return patterns.map { pattern in
                if case .alternatives = pattern { "(\(pattern))" } else { pattern.description }
            }.joined(separator: " | ")
        case .anyOrder, .repeated: return part
        }
    }

    /// As it stands among others: what holds several parts is in parentheses.
    fileprivate var part: String {
        switch self {
        case .step(let step): return step.description
        case .sequence, .alternatives: return "(\(description))"
        case .anyOrder(let patterns): return "PERMUTE(\(patterns.map(\.description).joined(separator: ", ")))"
        case .repeated(let pattern, let repetition):
            let isPermutation = if case .anyOrder = pattern { true } else { false }
            return (isPermutation ? pattern.part : "(\(pattern))") + repetition.description
        }
    }
}

extension Pattern.Step: CustomStringConvertible {
    public var description: String {
        "\(condition)" + (sustained.map { " FOR \($0)" } ?? "")
            + (name.map { " AS \(FieldReference.quoted($0))" } ?? "")
    }
}

extension Pattern.Repetition: CustomStringConvertible {
    public var description: String {
        let most = most.map(String.init) ?? ""
        return "{\(least),\(most)}" + (isReluctant ? "?" : "")
    }
}

extension Pattern.Link: CustomStringConvertible {
    public var description: String {
        var text = kind == .followed ? " FOLLOWED BY " : " NOT FOLLOWED BY "
        text += pattern.part
        if let after { text += " AFTER \(after)" }
        if let within { text += " WITHIN \(within)" }
        if let without { text += " WITHOUT \(without)" }
        return text
    }
}
