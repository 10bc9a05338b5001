import Files
import Segments
import Storage
import TimeQL

/// Runs a question over the parts of a scan, cut into fragments, on some threads.
///
/// A fragment lies in one segment. How a segment is cut, and in which order sums are made, depends on nothing but what
/// is asked of this segment: so neither the number of threads nor a cache changes the last digit of an answer. Numbers
/// that come out the same in whatever order rows are added are not made for each fragment, unless those of segments are
/// to be kept: a thread adds all its rows to the same.
struct FragmentRun {
    let scan: EventScan
    let options: QueryOptions

    /// Fewer rows are not worth a fragment of their own.
    private static let leastRowCount = 16_384
    /// What more rows find is joined too late.
    private static let mostRowCount = 262_144
    /// Fragments of a segment, as long as they are neither too small nor too large.
    private static let countPerSegment = 4

    /// Parts that follow one another in one segment.
    struct Fragment {
        var parts: Range<Int>
        var source: Int
        var isLastOfSource: Bool
        /// Under which name the segment's numbers are kept.
        var key: ResultCache.Key?
        /// The segment's numbers are known.
        var known: TimelineMeasures?
    }

    /// What a fragment gave, and what those before it did.
    private struct Found: Sendable {
        var measures: TimelineMeasures
        /// What those fragments gave whose segment has others still.
        var open: TimelineMeasures?
        var isLastOfSource = false
        var key: ResultCache.Key?
        var isKnown = false
    }

    /// Goes to another thread, which makes a scan of its own of it and changes nothing here.
    private struct Shared: @unchecked Sendable {
        let scan: EventScan
        let empty: TimelineMeasures
        let fragments: [Fragment]
        let options: QueryOptions
        /// Each thread adds the rows of all its fragments up.
        let isCollected: Bool
    }

    /// What a thread works with.
    private struct Worker {
        var scan: EventScan
        /// What it found and has not given to the queue.
        var measures: TimelineMeasures
    }

    /// Adds up all rows that fulfil the condition.
    func measures(_ empty: TimelineMeasures) throws -> TimelineMeasures {
        let fragments = fragments(empty)
        let (limit, cache) = (options.memoryByteLimit, options.resultCache)
        let queue = FragmentQueue<Found?, Found>(count: fragments.count, into: Found(measures: empty)) { result, next in
            if let next { try Self.join(&result, next, limit, cache) }
        }
        let shared = Shared(
            scan: scan, empty: empty, fragments: fragments, options: options,
            isCollected: cache == nil && !empty.dependsOnOrder)
        let workCount = fragments.count { $0.known == nil }
        let collected = Monitor<[TimelineMeasures]>([])
        let threads = (1..<max(1, min(options.threadCount, workCount))).compactMap { number in
            WorkerThread {
                let found = Self.work(queue, shared.scan.forAnotherThread(shared.scan.thread + number), shared)
                collected.change { $0.append(found) }
            }
        }
        var measures = Self.work(queue, scan, shared)
        for thread in threads { thread.join() }
        measures.merge(try queue.finish().measures)
        for found in collected.change({ $0 }) { measures.merge(found) }
        try measures.check()
        try Self.check(measures.byteCount, measures, limit)
        return measures
    }

    /// Finds what fragments of a queue hold, and returns what is not in the queue then.
    private static func work(
        _ queue: FragmentQueue<Found?, Found>, _ scan: EventScan, _ shared: Shared
    ) -> TimelineMeasures {
        var worker = Worker(scan: scan, measures: shared.empty)
        queue.work { try find(shared.fragments[$0], &worker, shared) }
        worker.measures.forgetSegment()
        return worker.measures
    }

    private static func join(_ result: inout Found, _ next: Found, _ limit: Int, _ cache: ResultCache?) throws {
        if result.open == nil { result.open = next.measures } else { result.open?.merge(next.measures) }
        if next.isLastOfSource, var whole = result.open.take() {
            whole.forgetSegment()
            if let key = next.key, !next.isKnown { cache?.keep(whole, key) }
            result.measures.merge(whole)
        }
        try result.measures.check()
        try check(result.measures.byteCount + (result.open?.byteCount ?? 0), result.measures, limit)
    }

    /// Nil: what was found stays with the worker.
    private static func find(_ fragment: Fragment, _ worker: inout Worker, _ shared: Shared) throws -> Found? {
        if shared.options.isCancelled() { throw ExecutionError.cancelled }
        var found = Found(
            measures: fragment.known ?? shared.empty, isLastOfSource: fragment.isLastOfSource, key: fragment.key,
            isKnown: fragment.known != nil)
        if found.isKnown { return found }
        let recorder = shared.options.recorder
        let start = recorder?.now ?? 0
        defer {
            recorder?.add(
                "fragment", from: start, thread: worker.scan.thread, ["parts": .integer(fragment.parts.count)])
        }
        for index in fragment.parts {
            if shared.options.isCancelled() { throw ExecutionError.cancelled }
            let part = worker.scan.parts[index]
            guard let rows = try worker.scan.found(in: part) else { continue }
            try worker.scan.reading(part) { () throws(SegmentError) in try worker.measures.add(rows) }
            try worker.measures.check()
            try check(worker.measures.byteCount, worker.measures, shared.options.memoryByteLimit)
        }
        if shared.isCollected { return nil }
        swap(&found.measures, &worker.measures)
        return found
    }

    private static func check(
        _ byteCount: Int, _ measures: TimelineMeasures, _ limit: Int
    ) throws(QueryError) {
        guard byteCount > limit else { return }
        throw QueryError(
            .limit, "the answer needs more than the \(limit >> 20) MiB of memory that it may take", at: measures.range,
            hint: "group by fewer fields, take a shorter time, or allow more with --memory")
    }

    /// The fragments of a question; what is known of a segment is one.
    private func fragments(_ empty: TimelineMeasures) -> [Fragment] {
        let fragments = Self.fragments(scan.parts)
        guard let cache = options.resultCache else { return fragments }
        let plan = empty.plan(scan.condition)
        var kept: [Fragment] = []
        for fragment in fragments {
            if let last = kept.last, last.source == fragment.source {
                if last.known != nil { continue }
                kept.append(fragment)
                kept[kept.count - 1].key = last.key
                continue
            }
            kept.append(fragment)
            guard let (segment, times) = scan.rowSet(of: fragment.source) else { continue }
            let key = ResultCache.Key(plan: plan, segment: segment, times: times)
            kept[kept.count - 1].key = key
            if let known = cache.find(key) {
                kept[kept.count - 1].known = known
                kept[kept.count - 1].isLastOfSource = true
            }
        }
        return kept
    }

    /// Cuts the parts of each segment, which follow one another, into pieces of about as many rows.
    static func fragments(_ parts: [EventScan.Part]) -> [Fragment] {
        var fragments: [Fragment] = []
        var start = 0
        while start < parts.count {
            let source = parts[start].source
            let end = parts[start...].firstIndex { $0.source != source } ?? parts.count
            let all = parts[start..<end].reduce(0) { $0 + $1.rowCount }
            let size = max(leastRowCount, min(mostRowCount, all / countPerSegment))
            var (first, rowCount) = (start, 0)
            for index in start..<end {
                rowCount += parts[index].rowCount
                guard rowCount >= size || index == end - 1 else { continue }
                fragments.append(
                    Fragment(parts: first..<index + 1, source: source, isLastOfSource: index == end - 1))
                (first, rowCount) = (index + 1, 0)
            }
            start = end
        }
        return fragments
    }
}
