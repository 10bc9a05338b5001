import Bytes

/// What becomes of the objects that a JSON framer finds.
protocol JSONRecords {
    /// The keys of an envelope whose arrays hold the records; none when there is no envelope.
    static var containers: [StaticString] { get }

    /// Writes the events of an object, or tells why it has none.
    mutating func append(
        _ input: Span<UInt8>, _ record: Range<Int>, container: Int, to lines: inout JSONLines
    ) -> LineError.Reason?
}

/// Objects that are events as they stand.
struct PlainJSONRecords: JSONRecords {
    static var containers: [StaticString] { [] }

    @inline(__always)
    mutating func append(
        _ input: Span<UInt8>, _ record: Range<Int>, container: Int, to lines: inout JSONLines
    ) -> LineError.Reason? {
        guard input.firstIndex(of: Byte.lineFeed, in: record) != nil else {
            lines.raw(input, record)
            lines.endRawLine(record)
            return nil
        }
        let mark = lines.mark
        guard lines.compact(input, record) else {
            lines.rollBack(to: mark)
            return .controlCharacter
        }
        lines.endRawLine(record)
        return nil
    }
}

/// Events in an envelope, as CloudTrail writes them.
struct EnvelopedJSONRecords: JSONRecords {
    static var containers: [StaticString] { ["Records"] }
    private var plain = PlainJSONRecords()

    init() {}

    mutating func append(
        _ input: Span<UInt8>, _ record: Range<Int>, container: Int, to lines: inout JSONLines
    ) -> LineError.Reason? {
        plain.append(input, record, container: container, to: &lines)
    }
}

extension JSONLines {
    /// Writes JSON of several lines as one. False: a string has a line feed in it, which JSON does not allow.
    mutating func compact(_ input: Span<UInt8>, _ range: Range<Int>) -> Bool {
        var start = range.lowerBound
        var index = start
        while index < range.upperBound {
            let byte = unsafe input[unchecked: index]
            if byte == Byte.quote {
                guard let end = JSONScan.endOfString(input, from: index), end <= range.upperBound,
                    input.firstIndex(of: Byte.lineFeed, in: index..<end) == nil
                else { return false }
                index = end
            } else if Byte.isWhite(byte) {
                raw(input, start..<index)
                repeat { index &+= 1 } while index < range.upperBound && Byte.isWhite(unsafe input[unchecked: index])
                start = index
                // Two numbers without a comma between them must not become one.
                raw(" ")
            } else {
                index &+= 1
            }
        }
        raw(input, start..<range.upperBound)
        return true
    }
}
