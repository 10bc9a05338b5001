import Files
import Storage

/// Reads parts of a scan on some threads, and gives what was found in the order of the parts.
///
/// It is for questions that go through parts in order and may stop at any of them: what is found ahead is at most what
/// one turn finds, or a few parts for each thread.
struct PartReader {
    /// A scan that one thread at a time uses.
    private final class Worker: @unchecked Sendable {
        var scan: EventScan
        init(_ scan: EventScan) { self.scan = scan }
    }

    private let workers: [Worker]

    init(_ scan: EventScan, threadCount: Int) {
        workers = [Worker(scan)] + (1..<max(1, threadCount)).map { Worker(scan.forAnotherThread($0)) }
    }

    var threadCount: Int { workers.count }

    /// What `find` finds in each part. It is told the number of the thread on which it works.
    func read<Found: Sendable>(
        _ parts: ArraySlice<EventScan.Part>, isCancelled: @escaping @Sendable () -> Bool,
        _ find: @escaping @Sendable (inout EventScan, EventScan.Part, Int) throws(StoreError) -> Found
    ) throws(ExecutionError) -> [Found] {
        try run(FragmentQueue(count: parts.count, into: []) { $0.append($1) }, Array(parts), isCancelled, find)
    }

    /// Joins what `find` finds in parts, until that is enough: little is found beyond.
    func read<Found: Sendable, Whole: Sendable>(
        _ parts: ArraySlice<EventScan.Part>, into known: Whole, isCancelled: @escaping @Sendable () -> Bool,
        _ find: @escaping @Sendable (inout EventScan, EventScan.Part, Int) throws(StoreError) -> Found,
        join: @escaping @Sendable (inout Whole, Found) -> Void, isEnough: @escaping @Sendable (Whole) -> Bool
    ) throws(ExecutionError) -> Whole {
        let queue = FragmentQueue(
            count: parts.count, into: known, window: 2 * workers.count, join: join, isEnough: isEnough)
        return try run(queue, Array(parts), isCancelled, find)
    }

    private func run<Found: Sendable, Whole: Sendable>(
        _ queue: FragmentQueue<Found, Whole>, _ parts: [EventScan.Part],
        _ isCancelled: @escaping @Sendable () -> Bool,
        _ find: @escaping @Sendable (inout EventScan, EventScan.Part, Int) throws(StoreError) -> Found
    ) throws(ExecutionError) -> Whole {
        let work: @Sendable (Int) -> Void = { [workers] number in
            queue.work {
                if isCancelled() { throw ExecutionError.cancelled }
                return try find(&workers[number].scan, parts[$0], number)
            }
        }
        let threads = (1..<max(1, min(workers.count, parts.count))).compactMap { number in
            WorkerThread { work(number) }
        }
        work(0)
        for thread in threads { thread.join() }
        do { return try queue.finish() } catch { throw ExecutionError(error) }
    }

    /// How many of the next parts are read in one turn: few at first, since the first may be enough, and never so many
    /// that their rows take much memory.
    static func turnLength(_ parts: ArraySlice<EventScan.Part>, after done: Int, threadCount: Int, rowLimit: Int) -> Int
    {
        var (count, rowCount) = (0, 0)
        for part in parts.prefix(max(threadCount, min(done, 16 * threadCount))) {
            rowCount += part.rowCount
            if count > 0, rowCount > rowLimit { break }
            count += 1
        }
        return count
    }
}
