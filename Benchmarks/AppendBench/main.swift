import Columns
import Files
import Glibc

/// `append-bench FILE.ndjson FOLDER [SECONDS]`: durable appends of batches of 1,000 events into a new store in a folder,
/// as fast as they go and paced, from 1, 4 and 16 threads, beside the time of a plain synced append in the same folder,
/// of 4 KiB and of the bytes of a batch.
let arguments = CommandLine.arguments.dropFirst()
guard arguments.count == 2 || arguments.count == 3 else {
    print("append-bench FILE.ndjson FOLDER [SECONDS]")
    exit(2)
}
let folder = arguments[2]
let seconds = arguments.count == 3 ? Int64(arguments[3]) ?? 5 : 5
let batches = try AppendRun.batches(arguments[1])
let fileSystem = LocalFileSystem()
try fileSystem.createDirectories(folder)
// What one batch is in the log.
let storedByteCount = StoredBuffer.storing(batches[0], profile: .tier(.hot)).byteCount
print("batches of 1,000 events, \(batches.reduce(0) { $0 + $1.count } / batches.count) bytes each; times in ms")
for rate in [nil, 200_000] as [Int?] {
    for threadCount in [1, 4, 16] {
        let syncs = try SyncTimes.measure(4096, folder, fileSystem)
        let fairSyncs = try SyncTimes.measure(storedByteCount, folder, fileSystem)
        let run = try AppendRun(threadCount, rate: rate, seconds: seconds, in: "\(folder)/\(rate ?? 0)-\(threadCount)")
        try run.measure(batches)
        print(
            "\(rate.map { "paced at \($0)/s" } ?? "as fast as it goes"), \(threadCount) threads: "
                + "\(run.eventRate) events/s, acknowledged p50 \(run.times.text(0.5)) p99 \(run.times.text(0.99)), "
                + "sync of 4 KiB p50 \(syncs.text(0.5)) p99 \(syncs.text(0.99)), "
                + "of \(storedByteCount) bytes p50 \(fairSyncs.text(0.5)) p99 \(fairSyncs.text(0.99)), "
                + "CPU \(run.cpuNanosecondsPerEvent) ns an event")
    }
}
