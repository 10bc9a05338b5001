import Bytes
import Columns

/// Bytes that libFuzzer made up: a few at the front decide, the others are what is decided about.
struct FuzzInput {
    private(set) var rest: ArraySlice<UInt8>

    init(_ bytes: [UInt8]) { rest = bytes[...] }

    /// The next byte; 0 at the end.
    mutating func byte() -> UInt8 { rest.popFirst() ?? 0 }

    /// A number below `limit`.
    mutating func number(below limit: Int) -> Int { Int(byte()) % limit }

    /// A number of values: small mostly, now and then one at which encodings change their ways.
    mutating func count() -> Int {
        let byte = Int(byte())
        let largeCounts = [256, 1023, 1024, 1025, 8192, Limits.rowCountPerZone * Limits.zoneCountPerPage]
        return byte < 250 ? byte : largeCounts[byte - 250]
    }

    /// The next eight bytes, as far as there are so many.
    mutating func word() -> UInt64 { (0..<8).reduce(0) { $0 | UInt64(byte()) << UInt64(8 * $1) } }

    /// The next bytes, at most so many.
    mutating func bytes(upTo limit: Int) -> [UInt8] {
        let taken = Array(rest.prefix(limit))
        rest = rest.dropFirst(limit)
        return taken
    }

    /// Everything that is left, cut at each byte 0xFF.
    mutating func strings() -> [[UInt8]] {
        let strings = rest.split(separator: 0xFF, omittingEmptySubsequences: false).map { Array($0) }
        rest = []
        return strings
    }

    /// A generator that gives the same numbers for the same input.
    func generator() -> SplitMix64 { SplitMix64(seed: checksum(rest)) }
}
