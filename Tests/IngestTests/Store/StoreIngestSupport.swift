import Bytes
import Files
import Storage
import Testing

@testable import Ingest

/// Stores in memory that events are taken into and given back from.
enum Rig {
    static let paths = StorePaths(root: "store")

    static func store(_ files: any FileSystem = MemoryFileSystem(), _ length: WindowLength = .hour) throws -> Store {
        try Store.create(paths, windowLength: length, storeId: 1, in: files, clock: ManualClock(77))
    }

    static func ingest(
        _ text: String, into store: Store, named name: String = "dump",
        _ change: (inout StoreIngest.Options) -> Void = { _ in }
    ) throws -> StoreIngest.Summary {
        var options = StoreIngest.Options()
        change(&options)
        let ingest = try StoreIngest(store, options: options) { MemoryStream(Array(text.utf8), path: name) }
        try ingest.run()
        return ingest.summary
    }

    static func export(
        _ store: Store, byIngest: Bool = false, _ change: (inout ExportFilter) -> Void = { _ in }
    ) throws -> [String] {
        var filter = ExportFilter()
        change(&filter)
        var text: [UInt8] = []
        var export = StoreExport(try store.snapshot(), filter: filter, byIngest: byIngest)
        try export.run { text += $0 }
        return String(decoding: text, as: UTF8.self).split(separator: "\n").map(String.init)
    }

    /// Events a second apart, over some hours, one in ten of them late.
    static func events(_ numbers: Range<Int>) -> [String] {
        numbers.map { number in
            let second = number % 10 == 9 ? max(0, number - 7000) : number
            let time = "2024-01-15T\(pad(second / 3600)):\(pad(second / 60 % 60)):\(pad(second % 60))Z"
            return #"{"n":\#(number),"service":"s\#(number % 3)","timestamp":"\#(time)"}"#
        }
    }

    private static func pad(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }

    static func lines(_ events: [String]) -> String { events.map { $0 + "\n" }.joined() }
}
