import Bytes
import Columns

extension PageOutline {
    /// Reads a column's statistics without decoding them (Format/Segment.md, 8).
    init(parsingStatistics reader: inout ByteReader, zoneCount: Int) throws(DecodeError) {
        let count = try reader.readCount(upTo: zoneCount, "number of zones with statistics")
        parts = [.varint("zones", count)]
        for name in ["zones", "values", "distinct values"] {
            parts.append(try Self.integers(&reader, count: count, name))
        }
        let start = reader.byteOffset
        guard let kind = StatisticsBuilder.Kind(rawValue: try reader.readByte()) else {
            throw .corrupt(at: start, "unknown kind of statistics")
        }
        parts.append(.field("kind", value: "\(kind)", byteCount: 1))
        switch kind {
        case .none: break
        case .signed, .unsigned, .double:
            for name in ["minima", "maxima"] { parts.append(try Self.integers(&reader, count: count, name)) }
            if kind == .double { parts.append(try Self.integers(&reader, count: count, "NaNs")) }
        case .text:
            for name in ["minima", "maxima"] { parts.append(try Self.strings(&reader, count: count, name)) }
        }
        guard reader.isAtEnd else { throw reader.corrupt("bytes follow the end of the statistics") }
    }
}
