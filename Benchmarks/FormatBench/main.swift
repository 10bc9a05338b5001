import Files
import Glibc
import Ingest
import Times

// Turns each input into JSON lines and nothing more, and tells how fast: what a format costs before the parser.
//
//     format-bench FILE...

/// CPU time of this process.
func processNanoseconds() -> Int64 {
    var time = timespec()
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
    return Int64(time.tv_sec) * 1_000_000_000 + Int64(time.tv_nsec)
}

func lineFeedCount(_ bytes: UnsafeBufferPointer<UInt8>) -> Int {
    var count = 0
    for byte in bytes where byte == 10 { count &+= 1 }
    return count
}

for path in CommandLine.arguments.dropFirst() {
    var best = Int64.max
    var summary = ""
    for _ in 0..<3 {
        let start = processNanoseconds()
        let input = try EventInput(
            LocalFileSystem().stream(path), time: EventTime(reference: 1_780_272_000_000_000_000))
        var lineCount = 0
        var faultCount = 0
        var outputByteCount = 0
        while try input.source.readNext(afterLineCount: 0) {
            lineCount += lineFeedCount(input.source.lines)
            outputByteCount += input.source.lines.count
            faultCount += input.source.faults.count
        }
        best = min(best, processNanoseconds() - start)
        let byteCount = input.source.position.byteOffset
        let megabytesPerSecond = byteCount * 1000 / max(Int(best), 1)
        let compression = input.compression.map { " in \($0)" } ?? ""
        summary =
            "\(input.format)\(compression): \(megabytesPerSecond) MB/s of input, \(Int(best) / max(lineCount, 1)) ns per event;"
            + " \(byteCount) bytes -> \(lineCount) events, \(outputByteCount) bytes, \(faultCount) faults"
    }
    print(path, summary)
}
