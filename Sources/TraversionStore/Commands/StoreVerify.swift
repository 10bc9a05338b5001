import Ingest
import Storage

/// `verify`: whether everything in a store can be read and says what it must.
enum StoreVerify {
    static let command = Command(
        words: ["verify"],
        summary: "reads everything in a store and tells what is damaged, or what was not forgotten", arguments: [],
        options: [
            StoreOptions.store,
            .init(
                name: "--forgotten", valueName: "FIELD=VALUE",
                help:
                    "looks for what 'forget' has removed, in every file; given several times,\nfor events of which all is so; - reads lines from standard input",
                isRepeated: true),
            .init(
                name: "--forgotten-any", valueName: "VALUE", help: "the same for a value of 'forget --where-any'",
                isRepeated: true),
            SegmentFile.jsonOption,
        ], run: run)

    private static func run(_ invocation: Invocation) throws(CommandFailure) {
        if invocation.has("--forgotten") || invocation.has("--forgotten-any") {
            return try StoreVerifyForgotten.run(invocation)
        }
        let store = try StoreOptions.open(invocation)
        let start = Console.ticks
        var verifier = StoreVerifier(store)
        do throws(StoreError) {
            try verifier.run { entry in
                if Console.isWatched { Console.writeError("\r\(entry.id.fileName)\u{1B}[K") }
            }
        } catch {
            throw CommandFailure(error)
        }
        if Console.isWatched { Console.writeError("\r\u{1B}[K") }
        let result = verifier.result
        if invocation.has("--json") {
            var line = JSONLine()
            line.add("manifests", result.manifestCount)
            line.add("segments", result.segmentCount)
            line.add("indexes", result.indexCount)
            line.add("keyframes", result.keyframeCount)
            line.add("logs", result.logCount)
            line.add("rows", result.rowCount)
            line.add("bytes", result.byteCount)
            line.add("faults", result.faults.map(JSONLine.init))
            try Console.print(line.text)
        } else {
            for fault in result.faults { try Console.print("damaged: \(fault)") }
            try Console.print(
                "\(result.manifestCount) manifests, \(result.segmentCount) segments, \(result.indexCount) indexes, "
                    + "\(result.keyframeCount) keyframes, \(result.logCount) logs, \(Quantity.count(result.rowCount)) events, \(Quantity.bytes(result.byteCount)): "
                    + (result.faults.isEmpty ? "sound" : "\(result.faults.count) damaged")
                    + ", \(Quantity.seconds(Console.ticks - start))")
        }
        guard result.faults.isEmpty else {
            throw CommandFailure(.damaged, "the store is damaged; '\(Tool.name) repair' saves what can be read")
        }
    }
}

/// `repair`: makes a damaged store sound again.
enum StoreRepairCommand {
    static let command = Command(
        words: ["repair"],
        summary: "saves what can be read of damaged segments and tells what was lost; stop other jobs first",
        arguments: [], options: [StoreOptions.store]
    ) { (invocation) throws(CommandFailure) in
        let store = try StoreOptions.open(invocation)
        var repair = StoreRepair(store)
        let logs: LogRecovery.Result
        do throws(StoreError) {
            try repair.run()
            logs = try LogRecovery.run(store, salvages: true)
        } catch {
            throw CommandFailure(error)
        }
        let result = repair.result
        for action in result.actions { try Console.print(action) }
        for fault in logs.faults { try Console.print("lost, in the log: \(fault)") }
        guard !result.didNothing || !logs.faults.isEmpty else { return try Console.print("nothing is damaged") }
        try Console.print(
            "\(Quantity.count(result.lostRowCount)) events and \(Quantity.count(result.lostValueCount)) values of others "
                + "are lost; damaged files were put into \(store.paths.damaged)")
    }
}
