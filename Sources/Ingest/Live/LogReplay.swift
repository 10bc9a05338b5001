import CSimdJSON
import Columns
import Storage
import Times

/// Hands out the events of a log file again.
struct LogReplay {
    private var reader: LogReader
    /// How the events are to be understood.
    let mapping: FieldMapping
    let time: EventTime

    init(_ reader: LogReader) throws(StoreError) {
        self.reader = reader
        var mapping = FieldMapping.automatic
        if let mistake = mapping.take(reader.header?.mapping ?? "") {
            throw .damaged(path: reader.path, .corrupt(at: 0, "mapping of fields: \(mistake)"))
        }
        self.mapping = mapping
        time = EventTime(reference: reader.header?.time ?? 0)
    }

    /// Makes what finds the canonical fields of the rows.
    var makeRow: () -> CanonicalRow {
        { [mapping, time] in CanonicalRow(mapping) { time.read($0) } }
    }

    var damage: [LogReader.Damage] { reader.damage }

    /// Calls `append` with each event, its `storedAt` and its sequence; it tells why when it does not take it. Gives the
    /// number of events.
    mutating func run(
        _ append: (UnsafeMutablePointer<traversion_json_document>, Int64, UInt64) throws(StoreError) ->
            LineError.Reason?
    ) throws(StoreError) -> Int {
        guard let lines = EventLines() else { throw .invalid("there is no memory left") }
        var total = 0
        while let frame = try reader.next() {
            var count = 0
            for batch in frame.batches {
                let bytes: ArraySlice<UInt8>
                do { bytes = try batch.raw(in: NoEnvironment()) } catch { throw .damaged(path: reader.path, error) }
                guard lines.begin(bytes) else { throw .invalid("there is no memory left") }
                while lines.readNext() {
                    let sequence = frame.firstSequence &+ UInt64(count)
                    var reason = lines.fault
                    if reason == nil { reason = unsafe try append(lines.document, frame.storedAt, sequence) }
                    // It was taken when it was appended, so it is this program that is another.
                    if let reason {
                        throw .invalid(
                            "\(reader.path): event \(sequence) was acknowledged, but this version does not take it: "
                                + "\(reason); nothing was removed")
                    }
                    count += 1
                }
            }
            guard count == frame.eventCount else {
                throw .invalid(
                    "\(reader.path): \(frame.eventCount) events from \(frame.firstSequence) on were acknowledged, but "
                        + "this version finds \(count); nothing was removed")
            }
            total += count
        }
        return total
    }
}
