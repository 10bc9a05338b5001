import Bytes

/// Zone files as RFC 8536 has them: a header, the data with 32-bit times, then both again with 64-bit times, and a
/// line with the rule for the time behind them.
extension TimeZoneRules {
    private struct Header {
        var version: UInt8
        var utcMarks: Int
        var standardMarks: Int
        var leapSeconds: Int
        var transitions: Int
        var types: Int
        var nameBytes: Int

        /// Bytes of the data behind the header.
        func dataByteCount(timeByteCount: Int) -> Int {
            transitions * (timeByteCount + 1) + types * 6 + nameBytes + leapSeconds * (timeByteCount + 4)
                + standardMarks + utcMarks
        }
    }

    /// Nil when the bytes are no zone file.
    init?(zoneFile bytes: [UInt8]) {
        var reader = ByteReader(bytes)
        do {
            var header = try Self.readHeader(&reader)
            if header.version >= UInt8(ascii: "2") {
                _ = try reader.readSlice(byteCount: header.dataByteCount(timeByteCount: 4))
                header = try Self.readHeader(&reader)
                try self.init(&reader, header, timeByteCount: 8)
                yearly = YearlyZoneRule(Array(reader.bytes[reader.position...]))
            } else {
                try self.init(&reader, header, timeByteCount: 4)
            }
        } catch {
            return nil
        }
    }

    private init(_ reader: inout ByteReader, _ header: Header, timeByteCount: Int) throws(DecodeError) {
        var times: [Int64] = []
        for _ in 0..<header.transitions {
            let word = try Self.readBigEndian(&reader, timeByteCount)
            times.append(timeByteCount == 4 ? Int64(Int32(truncatingIfNeeded: word)) : word)
        }
        let types = try Array(reader.readSlice(byteCount: header.transitions))
        var offsets: [Int] = []
        for _ in 0..<header.types {
            offsets.append(Int(Int32(truncatingIfNeeded: try Self.readBigEndian(&reader, 4))))
            _ = try reader.readSlice(byteCount: 2)
        }
        let rest = header.nameBytes + header.leapSeconds * (timeByteCount + 4) + header.standardMarks + header.utcMarks
        _ = try reader.readSlice(byteCount: rest)
        guard let first = offsets.first, offsets.allSatisfy({ abs($0) < 86_400 }),
            types.allSatisfy({ Int($0) < offsets.count }), zip(times, times.dropFirst()).allSatisfy({ $0 < $1 })
        else { throw reader.corrupt("the times or offsets of a zone are wrong") }
        self.init(offsetSeconds: first)
        transitions = zip(times, types).map { Transition(time: $0, offset: offsets[Int($1)]) }
    }

    private static func readHeader(_ reader: inout ByteReader) throws(DecodeError) -> Header {
        let magic = try reader.readSlice(byteCount: 4)
        guard magic.elementsEqual("TZif".utf8) else { throw reader.corrupt("not a zone file") }
        let version = try reader.readByte()
        _ = try reader.readSlice(byteCount: 15)
        var counts: [Int] = []
        for _ in 0..<6 {
            let count = Int(try readBigEndian(&reader, 4))
            guard count <= 1 << 16 else { throw reader.corrupt("a zone file has too much of something") }
            counts.append(count)
        }
        return Header(
            version: version, utcMarks: counts[0], standardMarks: counts[1], leapSeconds: counts[2],
            transitions: counts[3], types: counts[4], nameBytes: counts[5])
    }

    private static func readBigEndian(_ reader: inout ByteReader, _ byteCount: Int) throws(DecodeError) -> Int64 {
        var word: UInt64 = 0
        for byte in try reader.readSlice(byteCount: byteCount) { word = word << 8 | UInt64(byte) }
        return Int64(bitPattern: word)
    }
}
