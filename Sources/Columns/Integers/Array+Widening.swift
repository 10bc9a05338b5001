extension [UInt64] {
    /// Codes as integers to be encoded: a loop over plain memory, which the compiler vectorises.
    package init(widening codes: ArraySlice<UInt32>) {
        self = unsafe [UInt64](unsafeUninitializedCapacity: codes.count) { values, count in
            unsafe codes.withUnsafeBufferPointer { codes in
                for index in codes.indices { unsafe values[index] = UInt64(codes[index]) }
                count = codes.count
            }
        }
    }
}
