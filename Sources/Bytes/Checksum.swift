private import CXXHash

/// XXH3-64, the checksum and the hash of the format.
public func checksum(_ bytes: borrowing RawSpan, seed: UInt64 = 0) -> UInt64 {
    unsafe bytes.withUnsafeBytes { unsafe traversion_xxh3($0.baseAddress, $0.count, seed) }
}

public func checksum(_ bytes: [UInt8], seed: UInt64 = 0) -> UInt64 {
    unsafe bytes.withUnsafeBytes { unsafe traversion_xxh3($0.baseAddress, $0.count, seed) }
}

public func checksum(_ bytes: ArraySlice<UInt8>, seed: UInt64 = 0) -> UInt64 {
    unsafe bytes.withUnsafeBytes { unsafe traversion_xxh3($0.baseAddress, $0.count, seed) }
}
