import Bytes
import Files
import Ingest
import Storage

/// `find`: the events that have an id, without a time range.
enum StoreFind {
    private static let kinds: [(name: String, fields: [CanonicalField])] = [
        ("trace", [.traceId]), ("span", [.spanId, .parentSpanId]), ("event", [.eventId]),
    ]

    static let command = Command(
        words: ["find"], summary: "finds the events that have an id: of a trace, a span or an event",
        arguments: [.init(name: "ID", help: "the id as it came in; hexadecimal digits and UUIDs in any form")],
        options: [
            StoreOptions.store,
            .init(
                name: "--as", valueName: "KIND",
                help: "what the id is of: \(kinds.map(\.name).joined(separator: ", ")) (default: any of them)\n"
                    + "a span is found with those that it is the parent of"),
            .init(
                name: "--verbose", valueName: nil, help: "tells on standard error what was read", shortName: "-v"),
        ], run: run)

    private static func run(_ invocation: Invocation) throws(CommandFailure) {
        var fields = kinds.flatMap(\.fields)
        if let name = invocation.options["--as"] {
            guard let kind = kinds.first(where: { $0.name == name }) else {
                let names = kinds.map(\.name)
                throw .usage("unknown kind '\(name)'\(suggestion(name, names)); it is \(names.joined(separator: ", "))")
            }
            fields = kind.fields
        }
        let start = Console.ticks
        var filter = ExportFilter()
        filter.ids = [IdQuery(invocation.arguments[0], in: fields)]
        let store = try StoreOptions.open(invocation)
        let output: any WritableFile
        do { output = try LocalFileSystem.standardOutput() } catch { throw CommandFailure(error) }
        var count = 0
        var lookup: IdLookup?
        do throws(StoreError) {
            var export = StoreExport(try store.snapshot(), filter: filter)
            try export.run { (lines) throws(FileError) in
                count += lines.count { $0 == UInt8(ascii: "\n") }
                try output.append(lines)
            }
            lookup = export.lookup
        } catch {
            throw CommandFailure(error)
        }
        for fault in lookup?.faults ?? [] {
            Console.printError("\(fault); its segments were read instead, '\(Tool.name) repair' makes it anew")
        }
        if count == 0 { Console.printError("no event has the id \(invocation.arguments[0])") }
        if invocation.has("--verbose"), let cost = lookup?.cost { tell(cost, count, Console.ticks - start) }
    }

    private static func tell(_ cost: IdLookup.Cost, _ count: Int, _ elapsed: Int64) {
        Console.printError(
            "\(Quantity.count(count)) events; \(cost.windowCount) windows: \(cost.indexCount) indexes, "
                + "\(cost.indexReadCount) reads of \(Quantity.bytes(cost.indexByteCount)); \(cost.segmentCount) segments "
                + "opened, \(cost.unindexedSegmentCount) of them without an index, "
                + "\(Quantity.bytes(cost.segmentByteCount)), \(cost.zoneCount) zones; \(Quantity.seconds(elapsed))")
    }
}
