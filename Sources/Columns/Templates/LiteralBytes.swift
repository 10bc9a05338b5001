/// Comparing and hashing short runs of bytes, eight at a time.
enum LiteralBytes {
    static let seed: UInt64 = 0x2D35_8DCC_AA6C_78A5
    private static let multiplier: UInt64 = 0x8BB8_4B93_962E_ACC9

    @inline(__always)
    static func mix(_ first: UInt64, _ second: UInt64) -> UInt64 {
        let product = first.multipliedFullWidth(by: second)
        return product.high ^ product.low
    }

    /// Takes one literal into the hash; the length keeps neighbours apart.
    @inline(__always)
    static func hash(_ hash: UInt64, _ bytes: UnsafePointer<UInt8>, _ count: Int) -> UInt64 {
        var hash = hash ^ UInt64(truncatingIfNeeded: count)
        var place = unsafe bytes
        var rest = count
        while rest > 16 {
            hash = unsafe mix(hash ^ load(place), multiplier ^ load(place + 8))
            unsafe place += 16
            rest &-= 16
        }
        if rest > 8 { return unsafe mix(hash ^ load(place), multiplier ^ load(place + (rest &- 8))) }
        return unsafe mix(hash ^ loadUpToEight(place, rest), multiplier)
    }

    @inline(__always)
    static func equal(_ first: UnsafePointer<UInt8>, _ second: UnsafePointer<UInt8>, _ count: Int) -> Bool {
        if count <= 8 { return unsafe loadUpToEight(first, count) == loadUpToEight(second, count) }
        var place = 0
        while place &+ 8 < count {
            if unsafe load(first + place) != load(second + place) { return false }
            place &+= 8
        }
        return unsafe load(first + (count &- 8)) == load(second + (count &- 8))
    }

    @inline(__always)
    private static func load(_ bytes: UnsafePointer<UInt8>) -> UInt64 {
        unsafe UnsafeRawPointer(bytes).loadUnaligned(as: UInt64.self)
    }

    /// A number that tells all runs of one length (0 ... 8) apart.
    @inline(__always)
    private static func loadUpToEight(_ bytes: UnsafePointer<UInt8>, _ count: Int) -> UInt64 {
        let raw = unsafe UnsafeRawPointer(bytes)
        if count >= 4 {
            let low = unsafe raw.loadUnaligned(as: UInt32.self)
            let high = unsafe raw.loadUnaligned(fromByteOffset: count &- 4, as: UInt32.self)
            return UInt64(low) | UInt64(high) &<< 32
        }
        if count == 0 { return 0 }
        let first = UInt64(unsafe bytes[0])
        let middle = UInt64(unsafe bytes[count &>> 1])
        let last = UInt64(unsafe bytes[count &- 1])
        return first | middle &<< 8 | last &<< 16
    }
}
