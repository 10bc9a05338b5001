import Bytes
import Columns
import Files

@testable import Storage

extension Driver {
    private static let logFiles = MemoryFileSystem()
    private static let logStore = try? Store.create(
        StorePaths(root: "store"), windowLength: .day, storeId: 1, in: logFiles, clock: ManualClock(1))

    /// A log file whose frames, split at each byte 0xFF, hold any bytes under right or wrong checksums.
    static let logs = Driver(
        name: "logs", summary: "logs of any bytes; a frame that is read says the same when it is written again"
    ) { input in
        guard let store = logStore else { fatalError("no store") }
        let id = LogId(writer: 1, number: 1)
        let skipsDamage = input.byte() % 2 == 0
        var bytes = LogHeader(id: id, storeId: 1, time: 0, mapping: "").encoded
        for payload in input.strings() {
            var body = ByteWriter()
            body.append(littleEndian: UInt32(payload.count))
            body.append(contentsOf: payload)
            let isWrong = payload.first == 0xFE
            let seed = isWrong ? 0 : LogFrame.seed(id, storeId: 1, byteOffset: bytes.count)
            var frame = ByteWriter()
            frame.append(contentsOf: LogFrame.marker)
            frame.append(littleEndian: checksum(body.bytes, seed: seed))
            frame.append(contentsOf: body.bytes)
            bytes += frame.bytes
        }
        logFiles.put(bytes, at: store.paths.log(id))
        var reader = try LogReader(
            LogRange(id: id, byteCount: bytes.count), of: store, storeId: 1, skipsDamage: skipsDamage)
        while let frame = try reader.next() {
            let seed = LogFrame.seed(id, storeId: 1, byteOffset: 0)
            let again = frame.encoded(seed: seed)
            require(LogFrame.isIntact(again[...], seed: seed), "a frame that was written is not intact")
            do {
                let parsed = try LogFrame(parsing: again[...], at: 0)
                require(parsed == frame, "a frame says something else when it is written again")
            } catch {
                fatalError("a frame that was written is refused: \(error)")
            }
            for batch in frame.batches { _ = try batch.raw(in: NoEnvironment()) }
        }
    }
}
