/// Values at a fixed distance from each other.
extension IntegerNode {
    static func decodeSequence(first: UInt64, step: UInt64, into output: UnsafeMutableBufferPointer<UInt64>) {
        var value = first
        for index in output.indices {
            unsafe output[index] = value
            value &+= step
        }
    }
}
