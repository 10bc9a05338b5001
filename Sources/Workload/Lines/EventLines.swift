import Columns

/// Events as lines of NDJSON, and when each arrives where it is recorded.
struct EventLines {
    private struct Line {
        var arrival: Int64
        var start: Int
        var byteCount: Int
    }

    /// The share of events that arrive late.
    let lateShare: Double
    private(set) var bytes: [UInt8] = []
    private var lines: [Line] = []
    private var lineStart = 0

    init(lateShare: Double) { self.lateShare = lateShare }

    private static let microseconds = TimestampForm.utc(fractionDigits: 6)
    private static let nanoseconds = TimestampForm.utc(fractionDigits: 9)

    /// Begins an event with what every event has, and returns its id.
    mutating func begin(_ type: String, _ time: Int64, _ host: Fleet.Host, _ dice: inout Dice) -> UInt64 {
        lineStart = bytes.count
        text(#"{"timestamp":""#)
        if host.hasNanoseconds {
            _ = TimestampText.append(time, form: Self.nanoseconds.rawValue, to: &bytes)
        } else {
            _ = TimestampText.append(time / 1000 * 1000, form: Self.microseconds.rawValue, to: &bytes)
        }
        text(#"","eventId":""#)
        let id = dice.bits()
        hex(id)
        text(#"","eventType":""#)
        text(type)
        text(#"","#)
        bytes.append(contentsOf: host.members)
        return id
    }

    /// Ends the event of `begin`, which happened at `time`. What the truth tells of is never more than seconds late, so
    /// that it is there before a workload ends.
    mutating func end(_ time: Int64, _ dice: inout Dice, isInTruth: Bool = false) {
        text("}\n")
        var arrival = time + Int64(dice.skewed(1_500_000, 0.8))
        if dice.chance(lateShare) {
            // Most of what is late waited for a buffer to be sent, some for a host to be reached again.
            arrival += Int64(dice.number(0...(!isInTruth && dice.chance(0.05) ? 600 : 5)) * 1e9)
        }
        lines.append(Line(arrival: arrival, start: lineStart, byteCount: bytes.count - lineStart))
    }

    mutating func text(_ string: String) { bytes.append(contentsOf: string.utf8) }
    mutating func text(_ piece: [UInt8]) { bytes.append(contentsOf: piece) }
    mutating func hex(_ number: UInt64, digits: Int = 16) {
        HexNumberText.append(number, isUpper: false, digits: digits, to: &bytes)
    }
    mutating func number(_ number: Int) { DecimalText.append(signed: Int64(number), to: &bytes) }
    mutating func number(_ value: Double, decimals: Int) {
        let scaled = (value * (decimals == 2 ? 100 : decimals == 3 ? 1000 : 10000)).rounded()
        FixedPointText.append(Int64(scaled), decimals: decimals, to: &bytes)
    }

    /// Forgets all lines, and tells how many they were.
    mutating func removeAll() -> Int {
        defer {
            bytes.removeAll(keepingCapacity: true)
            lines.removeAll(keepingCapacity: true)
        }
        return lines.count
    }

    /// Takes out the lines that arrive before `end`, at most `limit` of them, in the order in which they arrive.
    mutating func take(before end: Int64, limit: Int) -> (bytes: [UInt8], count: Int) {
        let order = lines.indices.sorted { (lines[$0].arrival, $0) < (lines[$1].arrival, $1) }
        var taken: [UInt8] = []
        taken.reserveCapacity(bytes.count)
        var count = 0
        var rest = EventLines(lateShare: lateShare)
        for index in order {
            let line = lines[index]
            let text = bytes[line.start..<line.start + line.byteCount]
            if line.arrival < end, count < limit {
                taken.append(contentsOf: text)
                count += 1
            } else {
                rest.lines.append(Line(arrival: line.arrival, start: rest.bytes.count, byteCount: line.byteCount))
                rest.bytes.append(contentsOf: text)
            }
        }
        self = rest
        return (taken, count)
    }
}
