import Columns
import Storage

/// `stats`: what a store holds, in sums.
enum StoreStats {
    static let command = Command(
        words: ["stats"], summary: "tells how much a store holds, by tier",
        arguments: [], options: [StoreOptions.store, SegmentFile.jsonOption], run: run)

    /// The segments of one tier, or of all.
    private struct Sum {
        var name: String
        var segments = 0
        var windows: Set<TimeWindow> = []
        var rows = 0
        var bytes = 0
        var rawBytes = 0

        init(_ name: String, _ entries: some Sequence<SegmentEntry>) {
            self.name = name
            for entry in entries {
                segments += 1
                windows.insert(entry.window)
                rows += entry.rowCount
                bytes += entry.byteCount
                rawBytes += entry.rawByteCount
            }
        }

        var line: JSONLine {
            var line = JSONLine()
            line.add("tier", name)
            line.add("segments", segments)
            line.add("windows", windows.count)
            line.add("rows", rows)
            line.add("bytes", bytes)
            line.add("rawBytes", rawBytes)
            return line
        }

        var cells: [String] {
            [
                name, "\(segments)", "\(windows.count)", Quantity.count(rows), Quantity.bytes(bytes),
                Quantity.decimal(Double(bytes) / Double(max(1, rows)), digits: 1), Quantity.ratio(rawBytes, bytes),
            ]
        }
    }

    private static func run(_ invocation: Invocation) throws(CommandFailure) {
        let store = try StoreOptions.open(invocation)
        let state: StoreState
        // What sampled events stand for; nil when none were.
        let represented: Double?
        do throws(StoreError) {
            let snapshot = try store.snapshot()
            state = snapshot.state
            var sum = 0.0
            for entry in state.orderedSegments where entry.tier == .cold { sum += try snapshot.representedCount(entry) }
            let coldCount = state.orderedSegments.reduce(0) { $0 + ($1.tier == .cold ? $1.rowCount : 0) }
            represented = sum > Double(coldCount) ? sum : nil
        } catch {
            throw CommandFailure(error)
        }
        let entries = state.orderedSegments
        let sums =
            EncodingProfile.Tier.allCases.map { tier in Sum("\(tier)", entries.filter { $0.tier == tier }) }
            + [Sum("all", entries)]
        let indexes = state.orderedIndexes
        let keyframes = state.orderedKeyframes
        let base = Sum("base", state.orderedBaseSegments)
        let waiting = state.dropped.values.reduce(0) { $0 + $1.entry.byteCount }
        if invocation.has("--json") {
            var line = JSONLine()
            line.add("store", store.paths.root)
            line.add("manifest", state.number)
            line.add("window", state.windowLength.name)
            line.add("sources", state.sources.count)
            line.add("rejectedRecords", state.sources.reduce(0) { $0 + $1.rejectCount })
            line.add("removableBytes", waiting)
            line.add("baseStateRows", base.rows)
            line.add("baseStateBytes", base.bytes)
            if let represented { line.add("coldEventsRepresented", Int(represented.rounded())) }
            line.add("forgets", state.forgets.count)
            line.add("forgottenRows", state.forgets.reduce(0) { $0 + $1.rowCount })
            line.add("keyframes", keyframes.count)
            line.add("keyframeBytes", keyframes.reduce(0) { $0 + $1.segment.byteCount })
            line.add("indexes", indexes.count)
            line.add("indexBytes", indexes.reduce(0) { $0 + $1.byteCount })
            line.add("unindexedSegments", state.unindexedSegments.count)
            line.add("tiers", sums.map(\.line))
            return try Console.print(line.text)
        }
        try Console.print("\(store.paths.root): windows of \(state.windowLength.name), as of manifest \(state.number)")
        if let first = entries.first, let last = entries.last {
            try Console.print(
                "from \(first.window.label(state.windowLength)) to \(last.window.label(state.windowLength))")
        }
        let head = ["tier", "segments", "windows", "events", "size", "bytes an event", "raw : stored"]
        try Console.print(table([head] + sums.filter { $0.segments > 0 || $0.name == "all" }.map(\.cells)))
        let indexByteCount = indexes.reduce(0) { $0 + $1.byteCount }
        let perRow = Double(indexByteCount) / Double(max(1, indexes.reduce(0) { $0 + $1.rowCount }))
        try Console.print(
            "\(indexes.count) indexes of ids, \(Quantity.bytes(indexByteCount)), "
                + "\(Quantity.decimal(perRow, digits: 2)) bytes an event; \(state.unindexedSegments.count) segments "
                + "have none")
        let keyframeByteCount = keyframes.reduce(0) { $0 + $1.segment.byteCount }
        try Console.print(
            "\(keyframes.count) keyframes of state, \(Quantity.bytes(keyframeByteCount)); "
                + "\(state.segments.count + state.baseSegments.count - state.checkpointed.count) segments are in none")
        let rejects = state.sources.reduce(0) { $0 + Int(clamping: $1.rejectCount) }
        try Console.print(
            "\(state.sources.count) inputs taken in, \(Quantity.count(rejects)) of their records are no events")
        if let represented {
            try Console.print(
                "the cold tier is a sample: its events stand for about \(Quantity.count(Int(represented.rounded())))")
        }
        if base.segments > 0, let horizon = state.horizon {
            try Console.print(
                "state that \(Quantity.count(base.rows)) removed events had set, \(Quantity.bytes(base.bytes)); windows "
                    + "up to \(state.windowLength.window(of: horizon).label(state.windowLength)) are gone")
        }
        if !state.forgets.isEmpty {
            let rows = state.forgets.reduce(0) { $0 + Int(clamping: $1.rowCount) }
            try Console.print("\(state.forgets.count) times something was forgotten: \(Quantity.count(rows)) events")
        }
        if waiting > 0 {
            try Console.print("\(Quantity.bytes(waiting)) of replaced segments go with the next job")
        }
    }

    /// Columns to the right of the first are flush right.
    private static func table(_ rows: [[String]]) -> String {
        let widths = rows[0].indices.map { column in rows.map { $0[column].count }.max() ?? 0 }
        return rows.map { row in
            row.indices.map { column in
                let padding = String(repeating: " ", count: widths[column] - row[column].count)
                return column == 0 ? row[column] + padding : padding + row[column]
            }.joined(separator: "  ")
        }.joined(separator: "\n")
    }
}
