import Files
import Segments
import Storage
import TimeQL

/// Runs a question over the parts of a scan, cut into fragments, on some threads.
struct FragmentRun {
    let scan: EventScan
    let options: QueryOptions

    /// Fragments of a question. They do not depend on the number of threads, since sums of fractions depend on them.
    private static let count = 16
    /// Fewer rows are not worth a fragment of their own.
    private static let leastRowCount = 16_384

    /// Goes to another thread, which makes a scan of its own of it and changes nothing here.
    private struct Shared: @unchecked Sendable {
        let scan: EventScan
        let empty: TimelineMeasures
        let fragments: [Range<Int>]
        let options: QueryOptions
    }

    /// Adds up all rows that fulfil the condition.
    func measures(_ empty: TimelineMeasures) throws -> TimelineMeasures {
        let fragments = Self.fragments(scan.parts)
        let limit = options.memoryByteLimit
        let queue = FragmentQueue(count: fragments.count, into: empty) { result, next in
            result.merge(next)
            try result.check()
            try Self.check(result, limit)
        }
        let shared = Shared(
            scan: scan, empty: empty, fragments: fragments, options: options)
        let threads = (1..<max(1, min(options.threadCount, fragments.count))).compactMap { number in
            WorkerThread {
                var scan = shared.scan.forAnotherThread(number)
                queue.work { try Self.find(shared.fragments[$0], &scan, shared) }
            }
        }
        var scan = scan
        queue.work { try Self.find(fragments[$0], &scan, shared) }
        for thread in threads { thread.join() }
        return try queue.finish()
    }

    private static func find(
        _ parts: Range<Int>, _ scan: inout EventScan, _ shared: Shared
    ) throws -> TimelineMeasures {
        var measures = shared.empty
        let recorder = shared.options.recorder
        let start = recorder?.now ?? 0
        defer {
            recorder?.add("fragment", from: start, thread: scan.thread, ["parts": .integer(parts.count)])
        }
        for index in parts {
            if shared.options.isCancelled() { throw ExecutionError.cancelled }
            let part = scan.parts[index]
            guard let found = try scan.found(in: part) else { continue }
            try scan.reading(part) { () throws(SegmentError) in try measures.add(found) }
            try measures.check()
            try check(measures, shared.options.memoryByteLimit)
        }
        return measures
    }

    private static func check(_ measures: TimelineMeasures, _ limit: Int) throws(QueryError) {
        guard measures.byteCount > limit else { return }
        throw QueryError(
            .limit, "the answer needs more than the \(limit >> 20) MiB of memory that it may take", at: measures.range,
            hint: "group by fewer fields, take a shorter time, or allow more with --memory")
    }

    /// Cuts the parts, which follow one another, into pieces of about as many rows.
    static func fragments(_ parts: [EventScan.Part]) -> [Range<Int>] {
        let size = max(leastRowCount, parts.reduce(0) { $0 + $1.rowCount } / count)
        var fragments: [Range<Int>] = []
        var (start, rowCount) = (0, 0)
        for (index, part) in parts.enumerated() {
            rowCount += part.rowCount
            if rowCount >= size || index == parts.count - 1 {
                fragments.append(start..<index + 1)
                (start, rowCount) = (index + 1, 0)
            }
        }
        return fragments
    }
}
