import Storage

/// `segments`: what a store consists of.
enum StoreSegments {
    static let command = Command(
        words: ["segments"], summary: "lists the segments of a store",
        arguments: [], options: [StoreOptions.store, SegmentFile.jsonOption], run: run)

    private static func run(_ invocation: Invocation) throws(CommandFailure) {
        let store = try StoreOptions.open(invocation)
        let snapshot: Snapshot
        do { snapshot = try store.snapshot() } catch { throw CommandFailure(error) }
        for entry in snapshot.state.orderedSegments + snapshot.state.orderedBaseSegments {
            let path = store.paths.segment(entry, snapshot.state.windowLength)
            if invocation.has("--json") {
                var line = JSONLine()
                line.add("path", path)
                line.add("tier", entry.kind == .baseState ? "base" : "\(entry.tier)")
                if entry.kind == .events { line.add("window", entry.window.label(snapshot.state.windowLength)) }
                line.add("rows", entry.rowCount)
                line.add("bytes", entry.byteCount)
                line.add("rawBytes", entry.rawByteCount)
                if let index = snapshot.state.indexOfSegment[entry.id] { line.add("index", index.fileName) }
                try Console.print(line.text)
            } else {
                let perRow = Double(entry.byteCount) / Double(max(1, entry.rowCount))
                let index = snapshot.state.indexOfSegment[entry.id].map { "  index \($0.fileName)" } ?? ""
                try Console.print(
                    "\(path)  \(Quantity.count(entry.rowCount)) events  \(Quantity.bytes(entry.byteCount))  "
                        + "\(Quantity.decimal(perRow, digits: 1)) bytes an event\(index)")
            }
        }
        if !invocation.has("--json") {
            try Console.print(
                "\(snapshot.state.segments.count) segments, \(Quantity.count(snapshot.state.rowCount)) events, "
                    + "\(Quantity.bytes(snapshot.state.byteCount)) as of manifest \(snapshot.state.number)")
        }
    }
}
