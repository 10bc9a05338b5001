import Files
import Glibc
import Synchronization
import Traversion

/// Some threads that append to a new store for some seconds.
final class AppendRun {
    private let threadCount: Int
    private let rate: Int?
    private let seconds: Int64
    private let path: String
    private(set) var times = SyncTimes([])
    private(set) var eventRate = 0
    private(set) var cpuNanosecondsPerEvent = 0

    /// - Parameter rate: events a second of all threads together; nil: as many as it takes.
    init(_ threadCount: Int, rate: Int?, seconds: Int64, in path: String) throws {
        self.threadCount = threadCount
        self.rate = rate
        self.seconds = seconds
        self.path = path
    }

    /// The lines of a file, 1,000 at a time.
    static func batches(_ path: String) throws -> [[UInt8]] {
        let bytes = try LocalFileSystem().readAll(path)
        var batches: [[UInt8]] = []
        var start = 0
        var count = 0
        for (index, byte) in bytes.enumerated() where byte == UInt8(ascii: "\n") {
            count += 1
            if count % 1000 == 0 {
                batches.append(Array(bytes[start...index]))
                start = index + 1
            }
            if batches.count == 200 { break }
        }
        return batches
    }

    func measure(_ batches: [[UInt8]]) throws {
        let engine = try Engine(creating: path)
        let measured = Mutex<[Int64]>([])
        let next = Atomic<Int>(0)
        let start = SyncTimes.ticks
        let end = start + seconds * 1_000_000_000
        let clock = SystemClock()
        let (rate, threadCount) = (rate, threadCount)
        let cpuBefore = Self.cpuTime
        let threads = (0..<threadCount).compactMap { _ in
            WorkerThread {
                var times: [Int64] = []
                while SyncTimes.ticks < end {
                    let number = next.add(1, ordering: .relaxed).oldValue
                    if let rate {
                        // Each batch has its time, whether those before it are late or not.
                        let due = start + Int64(number) * 1_000_000_000_000 / Int64(rate)
                        let wait = due - SyncTimes.ticks
                        if wait > 0 { clock.sleep(wait) }
                    }
                    let begun = SyncTimes.ticks
                    guard (try? engine.append(batches[number % batches.count]).eventCount) == 1000 else {
                        fatalError("an append failed")
                    }
                    times.append(SyncTimes.ticks - begun)
                }
                measured.withLock { $0 += times }
            }
        }
        guard threads.count == threadCount else { fatalError("no threads") }
        for thread in threads { thread.join() }
        let all = measured.withLock { $0 }
        eventRate = all.count * 1_000_000_000_000 / Int(SyncTimes.ticks - start)
        times = SyncTimes(all)
        try engine.close()
        cpuNanosecondsPerEvent = Int(Self.cpuTime - cpuBefore) / max(1, all.count * 1000)
    }

    private static var cpuTime: Int64 {
        var time = timespec()
        clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
        return Int64(time.tv_sec) * 1_000_000_000 + Int64(time.tv_nsec)
    }
}
