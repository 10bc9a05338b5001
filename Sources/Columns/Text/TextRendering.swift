/// Writers of text may store whole words: this many bytes behind the text must be there for them.
package let renderingSlackByteCount = 32

/// Appends what `render` writes, at most 64 bytes.
@inline(__always)
func appendRendering(to bytes: inout [UInt8], _ render: (UnsafeMutablePointer<UInt8>) -> Int) {
    unsafe withUnsafeTemporaryAllocation(of: UInt8.self, capacity: 64 + renderingSlackByteCount) { buffer in
        guard let output = buffer.baseAddress else { return }
        let byteCount = unsafe render(output)
        unsafe bytes.append(contentsOf: UnsafeBufferPointer(start: output, count: byteCount))
    }
}
