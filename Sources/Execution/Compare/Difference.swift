/// How a field, or the share of one of its values, differs between two sides.
struct Difference {
    var group: ComparedValues.Group
    var field: String
    /// Nil for numbers.
    var value: String?
    /// The mean of numbers, or the share of the value.
    var first: Double?
    var second: Double?
    var firstCount: Int
    var secondCount: Int
    var test: String
    var effect: Double?
    var likelihood: Double?
    /// Too unlikely to be chance, even among as many differences as were looked at.
    var isSignificant = false

    init(_ numbers: (ComparedValues.Numbers?, ComparedValues.Numbers?), of field: String, _ group: ComparedValues.Group)
    {
        let (first, second) = (numbers.0 ?? .init(), numbers.1 ?? .init())
        let test = RankTest(first.sketch, second.sketch)
        self.init(
            group: group, field: field, value: nil, first: first.mean, second: second.mean,
            firstCount: first.sketch.count, secondCount: second.sketch.count, test: RankTest.name,
            effect: test?.effect, likelihood: test?.likelihood)
    }

    init(
        value: String, counts: (Int, Int), totals: (Int, Int), of field: String, _ group: ComparedValues.Group
    ) {
        let test = ShareTest(counts.0, of: totals.0, counts.1, of: totals.1)
        self.init(
            group: group, field: field, value: value,
            first: totals.0 > 0 ? Double(counts.0) / Double(totals.0) : nil,
            second: totals.1 > 0 ? Double(counts.1) / Double(totals.1) : nil, firstCount: counts.0,
            secondCount: counts.1, test: ShareTest.name, effect: test?.effect, likelihood: test?.likelihood)
    }

    private init(
        group: ComparedValues.Group, field: String, value: String?, first: Double?, second: Double?, firstCount: Int,
        secondCount: Int, test: String, effect: Double?, likelihood: Double?
    ) {
        self.group = group
        self.field = field
        self.value = value
        self.first = first
        self.second = second
        self.firstCount = firstCount
        self.secondCount = secondCount
        self.test = test
        self.effect = effect
        self.likelihood = likelihood
    }

    /// All differences between two sides, those first that are no chance, and of those the greatest.
    ///
    /// - Parameter onlySignificant: whether those that may be chance are left out.
    static func all(
        _ first: ComparedValues, _ second: ComparedValues, fields: [String], onlySignificant: Bool
    ) -> [Difference] {
        var found: [Difference] = []
        for (place, name) in fields.enumerated() {
            let numbers = (first.numbers[place] ?? [:], second.numbers[place] ?? [:])
            for group in Set(numbers.0.keys).union(numbers.1.keys) {
                found.append(Difference((numbers.0[group], numbers.1[group]), of: name, group))
            }
            let texts = (first.texts[place] ?? [:], second.texts[place] ?? [:])
            for group in Set(texts.0.keys).union(texts.1.keys) {
                let counts = (texts.0[group] ?? [:], texts.1[group] ?? [:])
                let totals = (counts.0.values.reduce(0, +), counts.1.values.reduce(0, +))
                for value in Set(counts.0.keys).union(counts.1.keys) {
                    found.append(
                        Difference(
                            value: value, counts: (counts.0[value] ?? 0, counts.1[value] ?? 0), totals: totals,
                            of: name, group))
                }
            }
        }
        markSignificant(&found)
        if onlySignificant, found.contains(where: \.isSignificant) { found.removeAll { !$0.isSignificant } }
        return found.sorted { $0.comesBefore($1) }
    }

    /// Of what is called significant at most a hundredth is expected to be chance (Benjamini and Hochberg, 1995).
    private static func markSignificant(_ differences: inout [Difference]) {
        let sorted = differences.compactMap(\.likelihood).sorted()
        let accepted = sorted.enumerated().last { $0.element <= 0.01 * Double($0.offset + 1) / Double(sorted.count) }
        guard let limit = accepted?.element else { return }
        for place in differences.indices {
            differences[place].isSignificant = differences[place].likelihood.map { $0 <= limit } ?? false
        }
    }

    private func comesBefore(_ other: Difference) -> Bool {
        if isSignificant != other.isSignificant { return isSignificant }
        let (size, otherSize) = (abs(effect ?? 0), abs(other.effect ?? 0))
        if size != otherSize { return size > otherSize }
        let key = [field, value ?? ""] + group.map { $0 ?? "" }
        return key.lexicographicallyPrecedes([other.field, other.value ?? ""] + other.group.map { $0 ?? "" })
    }

    /// As a row: what was compared, both sides, how they differ, and how sure that is.
    var cells: [AnswerTable.Cell] {
        func number(_ value: Double?) -> AnswerTable.Cell { value.map { .number($0) } ?? .none }
        let change = first.flatMap { first in second.map { $0 - first } }
        return group.map { $0.map { .text($0) } ?? .none }
            + [
                .text(field), value.map { .text($0) } ?? .none, number(first), number(second), number(change),
                .integer(firstCount), .integer(secondCount), number(effect), .text(test), number(likelihood),
                .literal(isSignificant ? "true" : "false"),
            ]
    }

    static let columns = [
        "field", "value", "first", "second", "change", "firstCount", "secondCount", "effect", "test", "p",
        "significant",
    ]
    static let dispensableColumns = ["firstCount", "secondCount", "effect", "p", "test"]
}
