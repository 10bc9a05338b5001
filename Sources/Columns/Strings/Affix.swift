internal import Bytes

/// Bytes that stand before and after each of some strings. Decoders take it along, so that texts are written once.
struct Affix {
    let prefix: [UInt8]
    let suffix: [UInt8]
    private let prefixWords: (UInt64, UInt64)
    private let suffixWords: (UInt64, UInt64)

    static let none = Affix(prefix: [], suffix: [])

    init(prefix: [UInt8], suffix: [UInt8]) {
        self.prefix = prefix
        self.suffix = suffix
        prefixWords = Self.words(prefix)
        suffixWords = Self.words(suffix)
    }

    var byteCount: Int { prefix.count + suffix.count }
    var isEmpty: Bool { prefix.isEmpty && suffix.isEmpty }

    /// This around another one.
    func around(prefix inner: [UInt8], suffix innerSuffix: [UInt8]) throws(DecodeError) -> Affix {
        let affix = Affix(prefix: prefix + inner, suffix: innerSuffix + suffix)
        guard affix.byteCount <= Limits.valueByteCount else { throw .limit(at: 0, "a string is too long") }
        return affix
    }

    /// Writes the prefix and returns its byte count. Up to 16 bytes after it are overwritten.
    @inline(__always)
    func writePrefix(at output: UnsafeMutablePointer<UInt8>) -> Int {
        unsafe Self.write(prefix, prefixWords, at: output)
    }

    /// Writes the suffix and returns its byte count. Up to 16 bytes after it are overwritten.
    @inline(__always)
    func writeSuffix(at output: UnsafeMutablePointer<UInt8>) -> Int {
        unsafe Self.write(suffix, suffixWords, at: output)
    }

    @inline(__always)
    private static func write(
        _ bytes: [UInt8], _ words: (UInt64, UInt64), at output: UnsafeMutablePointer<UInt8>
    ) -> Int {
        let raw = UnsafeMutableRawPointer(output)
        // Most affixes are short; two stores are cheaper than a call.
        if bytes.count <= 16 {
            if bytes.isEmpty { return 0 }
            unsafe raw.storeBytes(of: words.0, as: UInt64.self)
            unsafe raw.storeBytes(of: words.1, toByteOffset: 8, as: UInt64.self)
        } else {
            unsafe bytes.withUnsafeBytes { source in
                guard let base = source.baseAddress else { return }
                unsafe raw.copyMemory(from: base, byteCount: source.count)
            }
        }
        return bytes.count
    }

    private static func words(_ bytes: [UInt8]) -> (UInt64, UInt64) {
        var words: (UInt64, UInt64) = (0, 0)
        for (index, byte) in bytes.prefix(16).enumerated() {
            let bits = UInt64(byte) << UInt64(index % 8 * 8)
            if index < 8 { words.0 |= bits } else { words.1 |= bits }
        }
        return words
    }

    /// Strings that `render` writes, each within the affix. `byteCount` tells beforehand how many bytes it will write.
    @inline(__always)
    func rendering(
        count: Int, in environment: any PageEnvironment, byteCount: (Int) throws(DecodeError) -> Int,
        render: (Int, UnsafeMutablePointer<UInt8>) throws(DecodeError) -> Int
    ) throws(DecodeError) -> StringVector {
        var total = count &* self.byteCount
        for index in 0..<count { total &+= try byteCount(index) }
        try environment.charge(strings: count, byteCount: total)
        return try unsafe writing(count: count, byteCount: total, render)
    }

    @inline(__always)
    private func writing(
        count: Int, byteCount: Int, _ render: (Int, UnsafeMutablePointer<UInt8>) throws(DecodeError) -> Int
    ) throws(DecodeError) -> StringVector {
        try unsafe StringVector.building(count: count, byteCount: byteCount) { (bytes, ends) throws(DecodeError) in
            var end = 0
            for index in 0..<count {
                end &+= unsafe writePrefix(at: bytes + end)
                end &+= try unsafe render(index, bytes + end)
                end &+= unsafe writeSuffix(at: bytes + end)
                unsafe ends[index] = UInt32(truncatingIfNeeded: end)
            }
        }
    }

    /// The strings within the affix; the caller has charged for them alone.
    func around(_ strings: StringVector, in environment: any PageEnvironment) throws(DecodeError) -> StringVector {
        guard !isEmpty, strings.count > 0 else { return strings }
        guard strings.longest + byteCount <= Limits.valueByteCount else { throw .limit(at: 0, "a string is too long") }
        let added = strings.count * byteCount
        guard strings.bytes.count + added <= Limits.decodedByteCountPerPage else {
            throw .limit(at: 0, "decodes to more than a page may hold")
        }
        try environment.charge(added)
        var result: StringVector?
        var failure: DecodeError?
        unsafe strings.bytes.withUnsafeBytes { source in
            do throws(DecodeError) {
                result = try unsafe writing(count: strings.count, byteCount: strings.bytes.count + added) {
                    (index, output) in
                    let range = strings.range(index)
                    guard let base = source.baseAddress, !range.isEmpty else { return 0 }
                    unsafe UnsafeMutableRawPointer(output).copyMemory(
                        from: base + range.lowerBound, byteCount: range.count)
                    return range.count
                }
            } catch { failure = error }
        }
        if let failure { throw failure }
        return result ?? strings
    }
}
