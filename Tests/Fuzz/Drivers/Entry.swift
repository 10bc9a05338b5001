import CFuzzer

/// Feeds one input to the driver; an error is a refusal, which is fine.
@c(LLVMFuzzerTestOneInput)
public func testOneInput(_ bytes: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    var input = FuzzInput(Array(UnsafeBufferPointer(start: bytes, count: count)))
    try? Driver.selected?.run(&input)
    return 0
}

/// Changes an input: as its driver knows how to, or in the ways of libFuzzer.
@c(LLVMFuzzerCustomMutator)
public func mutate(_ bytes: UnsafeMutablePointer<UInt8>?, _ count: Int, _ limit: Int, _ seed: UInt32) -> Int {
    let input = Array(UnsafeBufferPointer(start: bytes, count: count))
    guard let bytes, let changed = Driver.selected?.mutate?(input, limit, UInt64(seed)), changed.count <= limit else {
        return LLVMFuzzerMutate(bytes, count, limit)
    }
    _ = UnsafeMutableBufferPointer(start: bytes, count: limit).update(fromContentsOf: changed)
    return changed.count
}

/// Bytes changed in the ways of libFuzzer.
func mutated(_ bytes: [UInt8], byteLimit: Int) -> [UInt8] {
    var buffer = bytes + [UInt8](repeating: 0, count: max(0, byteLimit - bytes.count))
    let count = buffer.withUnsafeMutableBufferPointer { LLVMFuzzerMutate($0.baseAddress, bytes.count, $0.count) }
    return Array(buffer[..<count])
}
