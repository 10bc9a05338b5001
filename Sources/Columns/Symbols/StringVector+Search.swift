public import Bytes
private import CKernels

extension StringVector {
    /// Which of the strings contain `needle`. Every string contains the empty one.
    public func matches(containing needle: [UInt8]) -> Bitmap {
        guard !needle.isEmpty else { return Bitmap(count: count, repeating: true) }
        var matches = Bitmap(count: count)
        // One search over all bytes; a place that reaches into the next string does not count.
        var string = 0
        var from = 0
        while true {
            let found = unsafe traversion_find(bytes, bytes.count, from, needle, needle.count)
            guard found < bytes.count else { return matches }
            while string < count, ends[string] <= found { string += 1 }
            guard string < count else { return matches }
            if found + needle.count <= ends[string] {
                matches[string] = true
                from = Int(ends[string])
            } else {
                from = found + 1
            }
        }
    }
}
