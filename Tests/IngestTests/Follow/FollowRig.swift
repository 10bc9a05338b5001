import Bytes
import Files
import Storage

@testable import Ingest

/// A store in memory, a log that a program writes, and a clock that moves only when it is told to.
final class FollowRig {
    static let second: Int64 = 1_000_000_000

    let files = MemoryFileSystem()
    let clock = ManualClock(1_705_276_800_000_000_000)
    let store: Store
    private(set) var steps: [StoreFollow.Step] = []

    init() throws {
        store = try Store.create(Rig.paths, windowLength: .hour, storeId: 1, in: files, clock: clock)
        files.put([], at: "app.log")
    }

    func follow(
        _ paths: [String] = ["app.log"], in fileSystem: (any FileSystem)? = nil,
        _ change: (inout StoreIngest.Options) -> Void = { _ in }
    ) throws -> StoreFollow {
        var options = StoreIngest.Options()
        change(&options)
        let store = try fileSystem.map { try Store.open(Rig.paths, in: $0, clock: clock) } ?? store
        return StoreFollow(store, paths, options: options) { [weak self] in self?.steps.append($0) }
    }

    func write(_ text: String, to path: String = "app.log", from byteOffset: Int? = nil) {
        files.write(Array(text.utf8), at: path, from: byteOffset)
    }

    func write(_ numbers: Range<Int>, to path: String = "app.log", from byteOffset: Int? = nil) {
        write(Rig.lines(Rig.events(numbers)), to: path, from: byteOffset)
    }

    /// Renames the log, as rotation does, and makes a new one.
    func rotate(to path: String) throws {
        try files.rename("app.log", to: path)
        files.put([], at: "app.log")
    }

    func wait(_ seconds: Int64) { clock.advance(by: seconds * Self.second) }

    /// What was told of commits, together.
    var committedEventCount: Int {
        steps.reduce(0) { if case .committed(_, let count, _, _) = $1 { $0 + count } else { $0 } }
    }

    var stored: [String] { get throws { try Rig.export(store, byIngest: true) } }

    /// The numbers of the events, of which each may be there once.
    var numbers: [Int] {
        get throws {
            try stored.compactMap { line in Int(line.dropFirst(5).prefix { $0 != "," }) }.sorted()
        }
    }
}
