/// Whether the bytes at two places are the same. By words: most keys and values are short, and a call to the library
/// costs more than comparing them.
@inlinable
@inline(__always)
public func areBytesEqual(_ left: UnsafePointer<UInt8>, _ right: UnsafePointer<UInt8>, count: Int) -> Bool {
    let left = unsafe UnsafeRawPointer(left)
    let right = unsafe UnsafeRawPointer(right)
    if count >= 8 {
        var offset = 0
        while offset < count &- 8 {
            let first = unsafe left.loadUnaligned(fromByteOffset: offset, as: UInt64.self)
            let second = unsafe right.loadUnaligned(fromByteOffset: offset, as: UInt64.self)
            if first != second { return false }
            offset &+= 8
        }
        // The last word may overlap the one before.
        let first = unsafe left.loadUnaligned(fromByteOffset: count &- 8, as: UInt64.self)
        let second = unsafe right.loadUnaligned(fromByteOffset: count &- 8, as: UInt64.self)
        return first == second
    }
    if count >= 4 {
        let first = unsafe left.loadUnaligned(as: UInt32.self) ^ right.loadUnaligned(as: UInt32.self)
        let second =
            unsafe left.loadUnaligned(fromByteOffset: count &- 4, as: UInt32.self)
            ^ right.loadUnaligned(fromByteOffset: count &- 4, as: UInt32.self)
        return first | second == 0
    }
    var offset = 0
    while offset < count {
        let first = unsafe left.load(fromByteOffset: offset, as: UInt8.self)
        let second = unsafe right.load(fromByteOffset: offset, as: UInt8.self)
        if first != second { return false }
        offset &+= 1
    }
    return true
}
