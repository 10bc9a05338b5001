import Segments

/// What the whole way took, for people and for machines.
struct BenchReport {
    private let machine = BenchMachine()
    private let eventCount: Int
    var inputByteCount = 0
    var steps: [BenchStep] = []
    var answers: [BenchAnswer] = []

    init(eventCount: Int) { self.eventCount = eventCount }

    var text: String {
        let perEvent = Quantity.decimal(Double(inputByteCount) / Double(eventCount), digits: 0)
        let tiers = answers.map(\.tier).reduce(into: [String]()) { if !$0.contains($1) { $0.append($1) } }
        let tables =
            [Self.table(BenchStep.titles, steps.map(\.cells))]
            + tiers.map { tier in
                "Statements, \(tier) tier\n"
                    + Self.table(BenchAnswer.titles, answers.filter { $0.tier == tier }.map(\.cells))
            }
        return machine.text
            + "\n\(Quantity.count(eventCount)) events of '\(Tool.name) generate', \(Quantity.bytes(inputByteCount)),"
            + " \(perEvent) bytes each\n\n" + tables.joined(separator: "\n\n")
    }

    var line: JSONLine {
        var line = JSONLine()
        machine.add(to: &line)
        line.add("events", eventCount)
        line.add("inputBytes", inputByteCount)
        line.add("steps", steps.map(\.line))
        line.add("statements", answers.map(\.line))
        return line
    }

    static func table(_ titles: [String], _ rows: [[String]]) -> String {
        var table = TextTable(
            titles.enumerated().map { index, title in .init(title: title, alignment: index == 0 ? .left : .right) })
        for row in rows { table.add(row) }
        return table.lines(width: Console.width).joined(separator: "\n")
    }
}
