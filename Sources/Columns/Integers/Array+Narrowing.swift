private import CKernels

extension [UInt32] {
    /// Codes in half the memory; nil when one of them is not below a limit. A loop over plain memory, which the compiler
    /// vectorises.
    package init?(narrowing codes: [UInt64], below limit: Int) {
        var all: UInt64 = 0
        self = unsafe [UInt32](unsafeUninitializedCapacity: codes.count) { narrowed, count in
            unsafe codes.withUnsafeBufferPointer { codes in
                for index in codes.indices {
                    unsafe narrowed[index] = UInt32(truncatingIfNeeded: codes[index])
                    unsafe all |= codes[index]
                }
                count = codes.count
            }
        }
        guard all <= UInt64(UInt32.max), unsafe Int(traversion_greatest(self, count)) < limit else { return nil }
    }
}
