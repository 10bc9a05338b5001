import Glibc

/// Times of repeated runs.
enum Measurement {
    /// The median of the processor seconds that `body` takes, over as many runs as fit about a tenth of a second.
    static func seconds(_ body: () -> Void) -> Double {
        body()
        let first = once(body)
        let repeatCount = max(1, Int(0.002 / max(first, 1e-9)))
        var times: [Double] = []
        for _ in 0..<15 {
            times.append(once { for _ in 0..<repeatCount { body() } } / Double(repeatCount))
            if times.reduce(0, +) * Double(repeatCount) > 0.3 { break }
        }
        return times.sorted()[times.count / 2]
    }

    /// The thread's own time, so that other programs on the machine count as little as they can.
    static func once(_ body: () throws -> Void) rethrows -> Double {
        let start = threadSeconds()
        try body()
        return threadSeconds() - start
    }

    static func threadSeconds() -> Double {
        var time = timespec()
        clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
        return Double(time.tv_sec) + Double(time.tv_nsec) * 1e-9
    }

    static func gigabytes(_ byteCount: Int, _ body: () -> Void) -> Double {
        Double(byteCount) / seconds(body) * 1e-9
    }

    /// What plain copying of as many bytes reaches at the same time.
    static func copyGigabytes(_ byteCount: Int) -> Double {
        let source = [UInt8](repeating: 7, count: byteCount)
        var target = [UInt8](repeating: 0, count: byteCount)
        return gigabytes(byteCount) {
            source.withUnsafeBytes { source in target.withUnsafeMutableBytes { $0.copyMemory(from: source) } }
            keep(target)
        }
    }

    /// Keeps the optimizer from dropping work whose result nobody reads.
    @inline(never)
    @_optimize(none)
    static func keep<Value>(_ value: Value) {}
}

/// Right-aligned columns without Foundation.
enum Table {
    static func cell(_ value: Double, _ width: Int, digits: Int = 2) -> String {
        var scale = 1.0
        for _ in 0..<digits { scale *= 10 }
        let rounded = Int((value * scale).rounded())
        guard digits > 0 else { return cell("\(rounded)", width) }
        let fraction = String(rounded % Int(scale))
        let text = "\(rounded / Int(scale))." + String(repeating: "0", count: digits - fraction.count) + fraction
        return cell(text, width)
    }

    static func cell(_ text: String, _ width: Int) -> String {
        String(repeating: " ", count: max(0, width - text.count)) + text
    }

    static func name(_ text: String, _ width: Int) -> String {
        text + String(repeating: " ", count: max(1, width - text.count))
    }
}
