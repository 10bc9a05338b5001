internal import Bytes

extension Array {
    /// `count` values that `decode` writes, all of them, into memory that is charged for first.
    @inline(__always)
    static func decoding(
        count: Int, in environment: any PageEnvironment,
        _ decode: (UnsafeMutableBufferPointer<Element>) throws(DecodeError) -> Void
    ) throws(DecodeError) -> [Element] {
        try environment.charge(count * MemoryLayout<Element>.stride)
        return try [Element](capacity: count) { (span: inout OutputSpan<Element>) throws(DecodeError) in
            try unsafe span.withUnsafeMutableBufferPointer { (buffer, initializedCount) throws(DecodeError) in
                try unsafe decode(UnsafeMutableBufferPointer(rebasing: buffer[..<count]))
                initializedCount = count
            }
        }
    }
}
