import Bytes

/// That events were forgotten on demand: how many and when, and nothing of what was asked for.
public struct ForgetEntry: Hashable, Sendable {
    /// When the run began. What one run commits in steps is one entry.
    public var time: Int64
    public var rowCount: UInt64
    /// Records that were no events.
    public var rejectCount: UInt64

    public init(time: Int64, rowCount: UInt64, rejectCount: UInt64) {
        self.time = time
        self.rowCount = rowCount
        self.rejectCount = rejectCount
    }

    func write(to writer: inout ByteWriter) {
        writer.append(zigzag: UInt64(bitPattern: time))
        writer.append(varint: rowCount)
        writer.append(varint: rejectCount)
    }

    init(parsing reader: inout ByteReader) throws(DecodeError) {
        time = Int64(bitPattern: try reader.readZigzag())
        rowCount = try reader.readVarint()
        rejectCount = try reader.readVarint()
    }
}

extension StoreState {
    /// Adds what a run has done, to what it did before.
    mutating func add(_ entry: ForgetEntry) {
        if let last = forgets.last, last.time == entry.time {
            forgets[forgets.count - 1].rowCount &+= entry.rowCount
            forgets[forgets.count - 1].rejectCount &+= entry.rejectCount
        } else {
            forgets.append(entry)
            if forgets.count > Self.forgetLimit { forgets.removeFirst() }
        }
    }
}
