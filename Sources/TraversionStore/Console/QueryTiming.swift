import Glibc

/// How long a question took, time after time.
struct QueryTiming {
    private var elapsed: [Int64] = []
    private var processor: [Int64] = []

    mutating func measure<Failure: Error>(_ body: () throws(Failure) -> Void) throws(Failure) {
        let (ticks, used) = (Console.ticks, Self.processorTime)
        try body()
        elapsed.append(Console.ticks - ticks)
        processor.append(Self.processorTime - used)
    }

    /// What all threads of the process have computed, in nanoseconds.
    static var processorTime: Int64 {
        var time = timespec()
        _ = unsafe clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
        return Int64(time.tv_sec) * 1_000_000_000 + Int64(time.tv_nsec)
    }

    /// The first time alone, then the middle of the others.
    var line: String {
        let (warm, warmProcessor) =
            elapsed.count > 1 ? (elapsed.dropFirst(), processor.dropFirst()) : (elapsed[...], processor[...])
        var line = JSONLine()
        line.add("runs", elapsed.count)
        line.add("coldMs", Self.milliseconds(elapsed[0]))
        line.add("coldCpuMs", Self.milliseconds(processor[0]))
        line.add("medianMs", Self.milliseconds(Self.middle(warm)))
        line.add("medianCpuMs", Self.milliseconds(Self.middle(warmProcessor)))
        line.add("leastMs", Self.milliseconds(warm.min() ?? 0))
        return line.text
    }

    /// What such a line tells in the errors of a process, in milliseconds: the first time, the middle of the others, and
    /// its CPU time.
    static func figures(in errors: String) -> (first: Double, middle: Double, middleProcessor: Double)? {
        guard let line = errors.split(separator: "\n").last,
            let first = JSONLine.number("coldMs", in: line), let middle = JSONLine.number("medianMs", in: line),
            let processor = JSONLine.number("medianCpuMs", in: line)
        else { return nil }
        return (first, middle, processor)
    }

    private static func middle(_ times: ArraySlice<Int64>) -> Int64 { times.sorted()[times.count / 2] }

    private static func milliseconds(_ nanoseconds: Int64) -> Double { Double(nanoseconds / 1000) / 1000 }
}
