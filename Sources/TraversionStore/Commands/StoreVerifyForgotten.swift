import Ingest
import Storage

/// `verify --forgotten`: whether anything is left of what was to be forgotten.
enum StoreVerifyForgotten {
    static func run(_ invocation: Invocation) throws(CommandFailure) {
        let filter = try ForgetOptions.filter(
            "--forgotten", invocation.lists["--forgotten"] ?? [], anywhere: invocation.lists["--forgotten-any"] ?? [])
        let store = try StoreOptions.open(invocation)
        let start = Console.ticks
        var search = ForgottenSearch(store, filter)
        do throws(StoreError) {
            try search.run { path in
                if Console.isWatched { Console.writeError("\r\(path)\u{1B}[K") }
            }
        } catch {
            throw CommandFailure(error)
        }
        if Console.isWatched { Console.writeError("\r\u{1B}[K") }
        let result = search.result
        if invocation.has("--json") {
            var line = JSONLine()
            line.add("files", result.fileCount)
            line.add("segments", result.segmentCount)
            line.add("bytes", result.byteCount)
            line.add("rows", result.rowCount)
            line.add("findings", result.findings.map(JSONLine.init))
            try Console.print(line.text)
        } else {
            for finding in result.findings { try Console.print("found: \(finding)") }
            let subject = search.looksForValue ? "the value and its events" : "the events alone"
            try Console.print(
                "looked for \(subject) in \(result.fileCount) files, \(result.segmentCount) of them segments, "
                    + "\(Quantity.bytes(result.byteCount)): "
                    + (result.findings.isEmpty ? "nothing is left" : "\(result.findings.count) findings")
                    + ", \(Quantity.seconds(Console.ticks - start))")
        }
        guard result.findings.isEmpty else {
            throw CommandFailure(
                .remaining,
                "not forgotten; '\(Tool.name) forget --where' removes events by a field, '--where-any' those that hold "
                    + "a value anywhere")
        }
    }
}
