public import Bytes

/// At most 255 symbols of 1 to 8 bytes, addressed by one byte (Format/Segment.md, 4.4).
public struct SymbolTable: Equatable, Sendable {
    /// The symbols by code.
    public var symbols: StringVector

    public init(symbols: StringVector) { self.symbols = symbols }

    public static let maximumSymbolCount = 255
    public static let maximumSymbolByteCount = 8

    public func write(to writer: inout ByteWriter) {
        writer.append(UInt8(symbols.count))
        for code in 0..<symbols.count { writer.append(UInt8(symbols.range(code).count)) }
        writer.append(contentsOf: symbols.bytes)
    }

    /// The number of bytes that ``write(to:)`` appends.
    public var byteCount: Int { 1 + symbols.count + symbols.bytes.count }

    public static func parse(_ reader: inout ByteReader) throws(DecodeError) -> SymbolTable {
        let start = reader.byteOffset
        let lengths = try reader.readSlice(byteCount: Int(try reader.readByte()))
        var symbols = StringVector()
        symbols.ends.reserveCapacity(lengths.count)
        var byteCount = 0
        for length in lengths {
            guard (1...maximumSymbolByteCount).contains(Int(length)) else {
                throw .corrupt(at: start, "a symbol has \(length) bytes")
            }
            byteCount += Int(length)
            symbols.ends.append(UInt32(byteCount))
        }
        symbols.bytes = Array(try reader.readSlice(byteCount: byteCount))
        return SymbolTable(symbols: symbols)
    }

    /// The symbol as a little-endian number; its unused high bytes are 0.
    func word(_ code: Int) -> UInt64 {
        symbols[code].reversed().reduce(0) { $0 << 8 | UInt64($1) }
    }
}
