public import Bytes

extension SymbolTable {
    /// Which of the encoded strings equal one of `wanted`. Nothing is decoded, for equal strings are encoded equally.
    public func matches(
        anyOf wanted: [[UInt8]], encodedLengths: [UInt64], encoded: ArraySlice<UInt8>
    ) throws(DecodeError) -> Bitmap {
        guard Self.sum(encodedLengths, upTo: encoded.count) == encoded.count else {
            throw .corrupt(at: 0, "encoded lengths do not add up to the \(encoded.count) encoded bytes")
        }
        let strings = StringVector(
            bytes: Array(encoded), ends: try StringVector.ends(lengths: encodedLengths, byteCount: encoded.count))
        let encoder = SymbolEncoder(self)
        return strings.matches(
            wanted.count == 1 ? .equal(encoder.encode(wanted[0])) : .anyOf(wanted.map { encoder.encode($0) }))
    }
}
