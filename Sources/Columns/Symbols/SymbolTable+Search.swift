public import Bytes

extension SymbolTable {
    /// Which of the encoded strings equal `needle`. Nothing is decoded, for equal strings are encoded equally.
    public func matches(
        equalTo needle: [UInt8], encodedLengths: [UInt64], encoded: ArraySlice<UInt8>
    ) throws(DecodeError) -> Bitmap {
        guard Self.sum(encodedLengths, upTo: encoded.count) == encoded.count else {
            throw .corrupt(at: 0, "encoded lengths do not add up to the \(encoded.count) encoded bytes")
        }
        let wanted = SymbolEncoder(self).encode(needle)
        var matches = Bitmap(count: encodedLengths.count)
        var position = encoded.startIndex
        for (index, length) in encodedLengths.enumerated() {
            let end = position + Int(length)
            if end - position == wanted.count, encoded[position..<end].elementsEqual(wanted) {
                matches[index] = true
            }
            position = end
        }
        return matches
    }
}
