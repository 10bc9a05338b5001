extension Query: CustomStringConvertible {
    /// The query as it was understood, in the order of Docs/TimeQL.md. Reading it gives the same query.
    public var description: String {
        var text = explanation.map { $0 == .plan ? "EXPLAIN " : "EXPLAIN ANALYZE " } ?? ""
        text += statement.description
        if let knownAt { text += " AS KNOWN AT \(knownAt)" }
        if let timeZone { text += " AT TIME ZONE \(quoted(timeZone.name))" }
        return text
    }
}

extension Statement: CustomStringConvertible {
    public var description: String {
        switch self {
        case .state(let statement): statement.description
        case .timeline(let statement): statement.description
        case .pattern(let statement): statement.description
        case .traverse(let statement): statement.description
        case .compare(let statement): statement.description
        case .predict(let statement): statement.description
        }
    }
}

/// A text in single quotes.
func quoted(_ text: String) -> String {
    "'" + text.split(separator: "'", omittingEmptySubsequences: false).joined(separator: "''") + "'"
}

/// Clauses that most statements have.
private func clauses(
    fields: [FieldReference] = [], condition: Predicate? = nil, groups: [FieldReference] = [], limit: Count? = nil
) -> String {
    var text = ""
    if !fields.isEmpty { text += " FOR " + listed(fields) }
    if let condition { text += " WHERE \(condition)" }
    if !groups.isEmpty { text += " GROUP BY " + listed(groups) }
    if let limit { text += " LIMIT \(limit.value)" }
    return text
}

private func listed(_ fields: [FieldReference]) -> String { fields.map(\.text).joined(separator: ", ") }

extension StateStatement: CustomStringConvertible {
    public var description: String {
        var text = "STATE"
        if let entity { text += " OF \(quoted(entity.text))" }
        switch moment {
        case .at(let time): text += " AT \(time)"
        case .between(let first, let last): text += " BETWEEN \(first) AND \(last)"
        case .difference(let first, let second): text += " DIFF \(first), \(second)"
        }
        return text + clauses(fields: fields, condition: condition, groups: groupedBy, limit: limit)
    }
}

extension TimelineStatement: CustomStringConvertible {
    public var description: String {
        var text = "TIMELINE"
        if let period { text += " \(period)" }
        switch content {
        case .events(let fields, let order):
            text += clauses(fields: fields, condition: condition)
            if let order { text += order == .newestFirst ? " NEWEST FIRST" : " OLDEST FIRST" }
        case .measures(let measures):
            text += clauses(condition: condition)
            if let bucket = measures.bucket { text += " BUCKET \(bucket)" }
            text += " " + measures.aggregates.map(\.description).joined(separator: ", ")
            text += clauses(groups: measures.groupedBy)
            if let top = measures.top { text += " TOP \(top.count.value) BY \(top.aggregate)" }
        case .patterns: text += clauses(condition: condition) + " PATTERNS"
        }
        return text + clauses(limit: limit)
    }
}

extension Aggregate: CustomStringConvertible {
    public var description: String {
        var text = function.description
        if let field { text += "(\(field.text))" }
        if let name { text += " AS \(FieldReference.quoted(name))" }
        return text
    }
}

extension Aggregate.Function: CustomStringConvertible {
    public var description: String {
        switch self {
        case .count: return "COUNT"
        case .sum: return "SUM"
        case .average: return "AVG"
        case .minimum: return "MIN"
        case .maximum: return "MAX"
        case .rate: return "RATE"
        case .distinct: return "DISTINCT"
        case .quantile(let thousandths):
            let whole = "P\(thousandths / 1000)"
            guard thousandths % 1000 != 0 else { return whole }
            var fraction = String(thousandths % 1000 + 1000).dropFirst()
            while fraction.last == "0" { fraction.removeLast() }
            return "\(whole).\(fraction)"
        }
    }
}

extension TraverseStatement: CustomStringConvertible {
    public var description: String {
        var text = "TRAVERSE FROM \(quoted(start.text)) FOLLOWING \(direction)"
        if !links.isEmpty { text += " ALONG " + links.map(\.rawValue).joined(separator: ", ") }
        if let until { text += " UNTIL \(until)" }
        text += clauses(condition: condition)
        if let depth { text += " DEPTH \(depth.value)" }
        if let leastConfidence { text += " MIN CONFIDENCE \(leastConfidence)" }
        return text + clauses(limit: limit) + (isGraph ? " AS GRAPH" : "")
    }
}

extension CompareStatement: CustomStringConvertible {
    public var description: String {
        "COMPARE \(first) WITH \(second)"
            + clauses(fields: fields, condition: condition, groups: groupedBy, limit: limit)
    }
}

extension CompareStatement.Side: CustomStringConvertible {
    public var description: String {
        switch self {
        case .moment(let time): time.description
        case .period(let period): period.description
        case .sameTime(let time): "SAME TIME \(time)"
        case .deploy(let deploy):
            (deploy.length.map { "\($0) " } ?? "") + (deploy.isAfter ? "AFTER" : "BEFORE")
                + " DEPLOY \(quoted(deploy.version.text))"
        }
    }
}

extension PredictStatement: CustomStringConvertible {
    public var description: String {
        "PREDICT NEXT \(length)" + (start.map { " FROM \($0)" } ?? "")
            + clauses(fields: fields, condition: condition, groups: groupedBy)
            + (history.map { " USING LAST \($0)" } ?? "") + (step.map { " BUCKET \($0)" } ?? "")
            + clauses(limit: limit)
    }
}
