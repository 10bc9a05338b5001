import Files
import Ingest
import Storage

/// `export`: the events of a store as they came in.
enum StoreExportCommand {
    private static let fields: [(option: String, field: CanonicalField)] = [
        ("--where-service", .service), ("--where-host", .host), ("--where-type", .eventType),
        ("--where-severity", .severity),
    ]
    private static let ids: [(option: String, field: CanonicalField)] = [
        ("--where-trace", .traceId), ("--where-span", .spanId), ("--where-event", .eventId),
    ]

    static let command = Command(
        words: ["export"], summary: "writes events to standard output as they came in, one on each line",
        arguments: [],
        options: [
            StoreOptions.store,
            .init(name: "--from", valueName: "TIME", help: "events of this time or later: 2026-03-02T00:00:00Z"),
            .init(name: "--to", valueName: "TIME", help: "events before this time"),
        ]
            + (fields + ids).map {
                .init(name: $0.option, valueName: "VALUE", help: "events whose \($0.field.rawValue) is this")
            } + [
                .init(name: "--ingest-order", valueName: nil, help: "in the order in which they came in, not by time"),
                .init(
                    name: "--weights", valueName: "KEY",
                    help: "gives events of a sample a member more of that name: how many they stand for"),
            ], run: run)

    private static func run(_ invocation: Invocation) throws(CommandFailure) {
        var filter = ExportFilter()
        let first = try invocation.time("--from") ?? .min
        let end = try invocation.time("--to")
        guard end != .min, (end.map { $0 - 1 } ?? .max) >= first else {
            throw .usage("--to must be later than --from")
        }
        filter.times = first...(end.map { $0 - 1 } ?? .max)
        for (option, field) in fields {
            if let value = invocation.options[option] { filter.fields[field] = value }
        }
        for (option, field) in ids {
            if let value = invocation.options[option] { filter.ids.append(IdQuery(value, in: [field])) }
        }
        let store = try StoreOptions.open(invocation)
        let output: any WritableFile
        do { output = try LocalFileSystem.standardOutput() } catch { throw CommandFailure(error) }
        do throws(StoreError) {
            var export = StoreExport(
                try store.snapshot(), filter: filter, byIngest: invocation.has("--ingest-order"),
                weightKey: invocation.options["--weights"])
            try export.run { (lines) throws(FileError) in try output.append(lines) }
        } catch {
            throw CommandFailure(error)
        }
    }
}
