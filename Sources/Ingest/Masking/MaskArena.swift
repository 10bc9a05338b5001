/// Masked texts of one document, which stay where they are until the next.
@safe
struct MaskArena: ~Copyable {
    private var texts = unsafe [UnsafeMutableBufferPointer<UInt8>]()

    deinit {
        for index in unsafe texts.indices { unsafe texts[index].deallocate() }
    }

    mutating func add(_ text: [UInt8]) -> UnsafePointer<UInt8> {
        // A text without a byte has a place, too.
        let copy = UnsafeMutableBufferPointer<UInt8>.allocate(capacity: max(text.count, 1))
        _ = unsafe copy.update(fromContentsOf: text)
        unsafe texts.append(copy)
        return unsafe UnsafePointer(copy.baseAddress!)
    }

    mutating func removeAll() {
        for index in unsafe texts.indices { unsafe texts[index].deallocate() }
        unsafe texts.removeAll(keepingCapacity: true)
    }
}
