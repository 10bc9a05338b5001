private import CKernels

extension StringVector {
    /// Which of the strings contain `needle`: bit i % 64 of word i / 64. Every string contains the empty one.
    public func matches(containing needle: [UInt8]) -> [UInt64] {
        var bitmap = [UInt64](repeating: 0, count: (count + 63) / 64)
        guard !needle.isEmpty else {
            for index in 0..<count { bitmap[index >> 6] |= 1 << UInt64(index & 63) }
            return bitmap
        }
        // One search over all bytes; a place that reaches into the next string does not count.
        var string = 0
        var from = 0
        while true {
            let found = unsafe traversion_find(bytes, bytes.count, from, needle, needle.count)
            guard found < bytes.count else { return bitmap }
            while string < count, ends[string] <= found { string += 1 }
            guard string < count else { return bitmap }
            if found + needle.count <= ends[string] {
                bitmap[string >> 6] |= 1 << UInt64(string & 63)
                from = Int(ends[string])
            } else {
                from = found + 1
            }
        }
    }
}
