/// How a query is answered: the steps of it, with what there is to tell of each.
public struct QueryPlan: Equatable, Sendable {
    public struct Step: Equatable, Sendable {
        public var name: String
        /// For people.
        public var detail: String
        /// What the detail tells of, for machines.
        public var facts: [Fact]
        /// What the step is made of.
        public var steps: [Step]

        init(
            _ name: String, _ detail: String, _ facts: KeyValuePairs<String, AnswerTable.Cell> = [:],
            steps: [Step] = []
        ) {
            self.name = name
            self.detail = detail
            self.facts = facts.map { Fact(name: $0, value: $1) }
            self.steps = steps
        }
    }

    public struct Fact: Equatable, Sendable {
        public var name: String
        public var value: AnswerTable.Cell
    }

    public internal(set) var steps: [Step] = []

    mutating func add(
        _ name: String, _ detail: String, _ facts: KeyValuePairs<String, AnswerTable.Cell> = [:], steps: [Step] = []
    ) {
        self.steps.append(Step(name, detail, facts, steps: steps))
    }

    /// Steps as rows, those within others behind them and further to the right.
    public var table: AnswerTable {
        AnswerTable(
            columns: ["step", "detail"], rows: flat.map { [.text($0.indent + $0.step.name), .text($0.step.detail)] })
    }

    /// All steps in order, with the blanks that show how deep they stand.
    public var flat: [(indent: String, step: Step)] { Self.flat(steps, "") }

    private static func flat(_ steps: [Step], _ indent: String) -> [(indent: String, step: Step)] {
        steps.flatMap { [(indent, $0)] + flat($0.steps, indent + "  ") }
    }
}
