/// The words of the language, for those who complete them.
public enum Keywords {
    public static let all: [String] = {
        let clauses = Clause.allCases.flatMap { $0.words }
        let tests = Predicate.TextTest.allCases.map(\.rawValue)
        let words = Set(clauses + tests + others)
        return words.sorted()
    }()

    private static let others = [
        "EXPLAIN", "ANALYZE", "STATE", "OF", "AT", "BETWEEN", "AND", "DIFF", "TIMELINE", "MATCH", "PATTERN", "TRAVERSE",
        "COMPARE", "PREDICT", "NEXT", "SAME", "TIME", "BEFORE", "AFTER", "DEPLOY", "BACKWARD", "FORWARD", "BOTH",
        "TRACE", "CAUSE", "ENTITY", "INFERRED", "FOLLOWED", "NOT", "WITHIN", "WITHOUT", "PERMUTE", "OR", "TRUE",
        "FALSE", "NULL", "EXISTS", "ANY", "IS", "AGO", "COUNT", "RATE", "SUM", "AVG", "MIN", "MAX", "DISTINCT", "P50",
        "P90", "P95", "P99",
    ]
}
