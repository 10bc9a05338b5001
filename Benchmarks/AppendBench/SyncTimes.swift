import Files
import Glibc

/// Times, to tell the middle and the worst of.
struct SyncTimes {
    private var sorted: [Int64]

    init(_ times: [Int64]) { sorted = times.sorted() }

    func text(_ part: Double) -> String {
        guard !sorted.isEmpty else { return "-" }
        let microseconds = sorted[min(sorted.count - 1, Int(Double(sorted.count) * part))] / 1000
        return "\(Double(microseconds) / 1000)"
    }

    static var ticks: Int64 {
        var time = timespec()
        clock_gettime(CLOCK_MONOTONIC, &time)
        return Int64(time.tv_sec) * 1_000_000_000 + Int64(time.tv_nsec)
    }

    /// How long it takes to append so many bytes to a file and to make them durable.
    static func measure(_ byteCount: Int, _ folder: String, _ fileSystem: LocalFileSystem) throws -> SyncTimes {
        let path = "\(folder)/sync-times"
        let file = try fileSystem.create(path)
        defer { try? fileSystem.remove(path) }
        let bytes = (0..<byteCount).map { UInt8(truncatingIfNeeded: $0 &* 0x9E37_79B1 >> 13) }
        var times: [Int64] = []
        for _ in 0..<400 {
            let start = ticks
            try file.append(bytes)
            try file.syncData()
            times.append(ticks - start)
        }
        return SyncTimes(times)
    }
}
