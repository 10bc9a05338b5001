/// Growing bytes that are written through a pointer: room is made once for a value, then nothing is checked again.
@safe
struct TextBuffer: ~Copyable {
    private(set) var start: UnsafeMutablePointer<UInt8>
    private(set) var count = 0
    private var capacity: Int

    init(capacity: Int = 1 << 16) {
        self.capacity = capacity
        unsafe start = .allocate(capacity: capacity)
    }

    deinit { unsafe start.deallocate() }

    /// Where the next byte goes, with room for `byteCount` of them.
    @inline(__always)
    mutating func room(_ byteCount: Int) -> UnsafeMutablePointer<UInt8> {
        if capacity &- count < byteCount { grow(byteCount) }
        return unsafe start + count
    }

    /// Takes bytes in that were written where `room` said.
    @inline(__always)
    mutating func advance(_ byteCount: Int) { count &+= byteCount }

    mutating func append(_ byte: UInt8) {
        unsafe room(1).pointee = byte
        advance(1)
    }

    mutating func removeAll() { count = 0 }

    mutating func truncate(to byteCount: Int) { count = min(count, byteCount) }

    private mutating func grow(_ byteCount: Int) {
        capacity = max(capacity * 2, count + byteCount)
        let larger = UnsafeMutablePointer<UInt8>.allocate(capacity: capacity)
        unsafe larger.update(from: start, count: count)
        unsafe start.deallocate()
        unsafe start = larger
    }
}
