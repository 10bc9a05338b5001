public import Bytes

extension SymbolTable {
    /// Which of the encoded strings equal `needle`: bit i % 64 of word i / 64. Nothing is decoded, for equal strings are
    /// encoded equally.
    public func matches(
        equalTo needle: [UInt8], encodedLengths: [UInt64], encoded: ArraySlice<UInt8>
    ) throws(DecodeError) -> [UInt64] {
        guard Self.sum(encodedLengths, upTo: encoded.count) == encoded.count else {
            throw .corrupt(at: 0, "encoded lengths do not add up to the \(encoded.count) encoded bytes")
        }
        let wanted = SymbolEncoder(self).encode(needle)
        var bitmap = [UInt64](repeating: 0, count: (encodedLengths.count + 63) / 64)
        var position = encoded.startIndex
        for (index, length) in encodedLengths.enumerated() {
            let end = position + Int(length)
            if end - position == wanted.count, encoded[position..<end].elementsEqual(wanted) {
                bitmap[index >> 6] |= 1 << UInt64(index & 63)
            }
            position = end
        }
        return bitmap
    }
}
