/// The texts of rows that wait to be moved to their columns, end to end.
///
/// A text is told by its offset and, in the upper half of the word, its length.
@safe
@usableFromInline
struct StagedTexts {
    private var start = UnsafeMutablePointer<UInt8>.allocate(capacity: 64)
    private var capacity = 64
    private(set) var count = 0
    let scratch = TextScratch()

    func deallocate() {
        unsafe start.deallocate()
        scratch.deallocate()
    }

    var bytes: UnsafePointer<UInt8> { unsafe UnsafePointer(start) }

    @inline(__always)
    mutating func append(_ text: UnsafeBufferPointer<UInt8>) -> UInt64 {
        if capacity &- count < text.count { grow(text.count) }
        if let base = text.baseAddress { unsafe Self.copy(base, to: start + count, count: text.count) }
        let word = UInt64(truncatingIfNeeded: count) | UInt64(truncatingIfNeeded: text.count) &<< 32
        count &+= text.count
        return word
    }

    /// By words where that needs no loop: a call to the library costs more than copying a short text.
    @inline(__always)
    private static func copy(_ source: UnsafePointer<UInt8>, to output: UnsafeMutablePointer<UInt8>, count: Int) {
        let from = unsafe UnsafeRawPointer(source)
        let to = UnsafeMutableRawPointer(output)
        if count > 32 || count < 4 { return unsafe output.update(from: source, count: count) }
        if count >= 16 {
            typealias Words = SIMD2<UInt64>
            let (first, last) = unsafe (
                from.loadUnaligned(as: Words.self), from.loadUnaligned(fromByteOffset: count &- 16, as: Words.self)
            )
            unsafe to.storeBytes(of: first, as: Words.self)
            unsafe to.storeBytes(of: last, toByteOffset: count &- 16, as: Words.self)
        } else if count >= 8 {
            let (first, last) = unsafe (
                from.loadUnaligned(as: UInt64.self), from.loadUnaligned(fromByteOffset: count &- 8, as: UInt64.self)
            )
            unsafe to.storeBytes(of: first, as: UInt64.self)
            unsafe to.storeBytes(of: last, toByteOffset: count &- 8, as: UInt64.self)
        } else {
            let (first, last) = unsafe (
                from.loadUnaligned(as: UInt32.self), from.loadUnaligned(fromByteOffset: count &- 4, as: UInt32.self)
            )
            unsafe to.storeBytes(of: first, as: UInt32.self)
            unsafe to.storeBytes(of: last, toByteOffset: count &- 4, as: UInt32.self)
        }
    }

    /// Forgets the texts from a place on.
    mutating func cut(to byteCount: Int) { count = byteCount }

    /// The bytes of a text.
    static func bytes(of text: UInt64, in bytes: UnsafePointer<UInt8>) -> UnsafeBufferPointer<UInt8> {
        unsafe UnsafeBufferPointer(
            start: bytes + Int(UInt32(truncatingIfNeeded: text)), count: Int(truncatingIfNeeded: text >> 32))
    }

    private mutating func grow(_ byteCount: Int) {
        let needed = count + byteCount
        precondition(needed <= Int(UInt32.max), "the texts of a row are over 4 GiB")
        let larger = UnsafeMutablePointer<UInt8>.allocate(capacity: max(capacity * 2, needed))
        unsafe larger.update(from: start, count: count)
        unsafe start.deallocate()
        unsafe start = larger
        capacity = max(capacity * 2, needed)
    }
}

/// Room for what is found out of some texts while they are looked up.
@safe
struct TextScratch {
    static let capacity = 512

    let hashes = UnsafeMutablePointer<UInt64>.allocate(capacity: capacity)
    let codes = UnsafeMutablePointer<UInt32>.allocate(capacity: capacity)

    func deallocate() {
        unsafe hashes.deallocate()
        unsafe codes.deallocate()
    }
}
