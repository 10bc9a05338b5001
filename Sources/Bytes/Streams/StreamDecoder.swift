/// Undoes a compression piece by piece: frames one after another, as many as there are.
public protocol StreamDecoder: AnyObject {
    /// Whether the input may end here.
    var isBetweenFrames: Bool { get }

    /// Reads from `input` and writes to `output`, which both have room; stops when either is used up or at an error.
    func decode(
        _ input: UnsafeBufferPointer<UInt8>, into output: UnsafeMutableBufferPointer<UInt8>
    ) -> StreamDecoderStep
}

/// What one call of a decoder came to.
public struct StreamDecoderStep {
    public var readByteCount: Int
    public var writtenByteCount: Int
    /// What is wrong behind the bytes that were read.
    public var fault: String?
}
