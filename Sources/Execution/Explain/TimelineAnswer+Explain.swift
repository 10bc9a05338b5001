import Columns
import TimeQL

/// What TIMELINE reads, and in which order.
extension TimelineAnswer {
    func explain(_ plan: inout QueryPlan) throws {
        plan.add("period", QueryPlan.period(scan.times))
        try plan.add(scan, notes: notes)
        switch statement.content {
        case .events(let fields, let order):
            let wanted = try fields.flatMap { try scan.catalog.resolve($0).paths }
            plan.add(
                "order",
                "parts by their times, \(order == .newestFirst ? "newest" : "oldest") first"
                    + (statement.limit.map { ", no further than \($0.value) events need" } ?? ""))
            try plan.addCost(of: scan, wanted.isEmpty ? nil : Set(wanted))
        case .measures(let wanted): try explain(measures(wanted), &plan)
        case .patterns: try explain(patterns, &plan)
        }
    }

    private func explain(_ measures: TimelineMeasures, _ plan: inout QueryPlan) throws {
        plan.addFragments(of: scan, options)
        var scan = scan
        if try scan.hasSamples() {
            plan.add("sample", "some events stand for others, which are gone: numbers are estimates")
        }
        try plan.addCost(of: scan, measures.paths)
    }
}

extension QueryPlan {
    /// How a scan is shared out among threads.
    mutating func addFragments(of scan: EventScan, _ options: QueryOptions) {
        let count = FragmentRun.fragments(scan.parts).count
        let threadCount = min(options.threadCount, max(1, count))
        add(
            "threads", "\(threadCount) for \(count) fragments",
            ["threads": .integer(threadCount), "fragments": .integer(count)])
    }
}
