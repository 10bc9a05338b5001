/// What a statement took: again and again in one process, and in processes of their own.
struct BenchAnswer {
    var statement: BenchStatement
    var tier: String
    var rowCount: Int
    /// The first time in a process, the middle of the others, and its CPU time; in milliseconds.
    var first: Double
    var warm: Double
    var warmProcessor: Double
    /// A process from its start to its end, the middle of several; and the most memory of any.
    var process: ProcessUsage

    /// - Parameter repeats: how often it is asked in one process; a third as many processes ask it once.
    init(_ statement: BenchStatement, tier: String, store: String, repeats: Int) throws(CommandFailure) {
        (self.statement, self.tier) = (statement, tier)
        let command = ["query", "--store", store, "--format", "ndjson", statement.text]
        let repeated = try ToolProcess.run(command + ["--repeat", "\(repeats)", "--timing"])
        rowCount = repeated.lineCount
        guard let timing = QueryTiming.figures(in: repeated.errors) else {
            throw CommandFailure(.damaged, "'query --timing' told no times:\n\(repeated.errors)")
        }
        (first, warm, warmProcessor) = (timing.first, timing.middle, timing.middleProcessor)
        var usages: [ProcessUsage] = []
        for _ in 0..<max(1, repeats / 3) { usages.append(try ToolProcess.run(command).usage) }
        process = usages.sorted { $0.elapsed < $1.elapsed }[usages.count / 2]
        process.peakByteCount = max(repeated.usage.peakByteCount, usages.map(\.peakByteCount).max() ?? 0)
    }

    static let titles = [
        "statement", "rows", "warm ms", "warm CPU ms", "first ms", "process ms", "process CPU ms", "peak MB",
    ]

    var cells: [String] {
        [
            statement.name, Quantity.count(rowCount), Quantity.decimal(warm, digits: 1),
            Quantity.decimal(warmProcessor, digits: 1), Quantity.decimal(first, digits: 1),
            Quantity.decimal(Double(process.elapsed) / 1e6, digits: 1),
            Quantity.decimal(Double(process.processor) / 1e6, digits: 1),
            Quantity.decimal(Double(process.peakByteCount) / 1e6, digits: 0),
        ]
    }

    var line: JSONLine {
        var line = JSONLine()
        line.add("statement", statement.name)
        line.add("query", statement.text)
        line.add("tier", tier)
        line.add("rows", rowCount)
        line.add("warmMs", warm)
        line.add("warmCpuMs", warmProcessor)
        line.add("firstMs", first)
        line.add("processMs", Double(process.elapsed) / 1e6)
        line.add("processCpuMs", Double(process.processor) / 1e6)
        line.add("peakBytes", process.peakByteCount)
        return line
    }
}
