/// Values of a column that wait to be moved to its arrays: appending here takes neither checks nor calls.
@safe
@usableFromInline
struct StagedWords {
    @usableFromInline var start = UnsafeMutablePointer<UInt64>.allocate(capacity: 8)
    @usableFromInline var capacity = 8
    @usableFromInline var count = 0

    func deallocate() { unsafe start.deallocate() }

    @inlinable
    @inline(__always)
    mutating func append(_ word: UInt64) {
        if count == capacity { grow() }
        unsafe start[count] = word
        count &+= 1
    }

    /// The word that is so many before the end.
    @inlinable
    @inline(__always)
    func last(_ distance: Int) -> UInt64 {
        precondition(distance <= count, "a value is asked for that the row has not")
        return unsafe start[count &- distance]
    }

    var words: UnsafeBufferPointer<UInt64> { unsafe UnsafeBufferPointer(start: start, count: count) }

    @usableFromInline
    mutating func grow() {
        let larger = UnsafeMutablePointer<UInt64>.allocate(capacity: capacity * 2)
        unsafe larger.update(from: start, count: count)
        unsafe start.deallocate()
        unsafe start = larger
        capacity *= 2
    }
}
