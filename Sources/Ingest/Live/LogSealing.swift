import Segments
import Storage

/// Puts the events of log files into hot segments, which take the place of the files in one commit.
struct LogSealing {
    private let writer: StoreWriter
    private let storeId: UInt64
    private let salvages: Bool
    private var segments: [SegmentEntry] = []
    private var logs: [LogId] = []
    private(set) var eventCount = 0
    private(set) var segmentCount = 0

    /// - Parameter salvages: goes on behind places that cannot be read.
    init(_ writer: StoreWriter, storeId: UInt64, salvages: Bool = false) {
        self.writer = writer
        self.storeId = storeId
        self.salvages = salvages
    }

    /// Writes the segments of a file to which nobody appends any more; the number of its events, and what could not be
    /// read.
    mutating func add(_ log: LogId) throws(StoreError) -> (eventCount: Int, damage: [LogReader.Damage]) {
        var replay = try LogReplay(
            LogReader(
                LogRange(id: log, byteCount: .max), of: writer.store, storeId: storeId, skipsDamage: salvages))
        let rows = WindowRows(
            writer, options: .forStore(.hot), limits: WindowRows.Limits(), makeRow: replay.makeRow)
        let count = unsafe try replay.run { (document, storedAt, sequence) throws(StoreError) in
            let reason = unsafe try rows.append(document, storedAt: storedAt, sequence: sequence)
            guard reason == .tooManyColumns else { return reason }
            try rows.finishAll()
            return unsafe try rows.append(document, storedAt: storedAt, sequence: sequence)
        }
        try rows.finishAll()
        segments += rows.takeFinished()
        logs.append(log)
        eventCount += count
        return (count, replay.damage)
    }

    /// Makes the segments part of the store and the files no part of it any more.
    mutating func commit() throws(StoreError) {
        guard !logs.isEmpty else { return }
        try writer.commit(adding: segments, sealing: logs)
        segmentCount += segments.count
        segments = []
        logs = []
    }
}
