import CSimdJSON
import Columns

/// Turns events into the rows of a band, canonical fields included.
struct RowBuilder: ~Copyable {
    private var appender: EventAppender
    private var canonical: CanonicalRow
    private(set) var rowCount = 0

    init(appender: consuming EventAppender, canonical: consuming CanonicalRow) {
        self.appender = appender
        self.canonical = canonical
    }

    /// What became of an event.
    enum Outcome {
        case appended
        /// It is of another time and was not appended.
        case elsewhere(Int64)
        /// It was not appended.
        case refused(LineError.Reason)
    }

    /// Appends an event when it happened within some times; nil: there are none.
    mutating func append(
        _ document: UnsafeMutablePointer<traversion_json_document>, within times: ClosedRange<Int64>?, storedAt: Int64,
        sequence: UInt64
    ) -> Outcome {
        if let reason = unsafe appender.appendValues(document) { return .refused(reason) }
        guard let time = canonical.time(in: appender.band, appender.cursor) else {
            appender.band.takeRowBack()
            return .refused(.noTime)
        }
        guard let times, times.contains(time) else {
            appender.band.takeRowBack()
            return .elsewhere(time)
        }
        canonical.appendAliases(to: appender.cursor, time: time)
        appender.endRow(storedAt: storedAt, sequence: sequence)
        rowCount &+= 1
        return .appended
    }

    /// Whether a zone or the segment has become full, or it is time to see how much memory the rows take.
    func needsLook(_ rowLimit: Int) -> Bool {
        appender.cursor.isAtZoneEnd || rowCount >= rowLimit || rowCount % 1024 == 0
    }

    /// Appends an event, whenever it happened; or nothing and tells why.
    mutating func append(
        _ document: UnsafeMutablePointer<traversion_json_document>, storedAt: Int64, sequence: UInt64
    ) -> LineError.Reason? {
        let outcome = unsafe append(document, within: .min ... .max, storedAt: storedAt, sequence: sequence)
        if case .refused(let reason) = outcome { return reason }
        return nil
    }
}
