internal import Bytes
private import CKernels

/// Strings that begin like the one before: made for sorted strings.
extension StringNode {
    static func frontCoded(encoding values: StringVector, profile: EncodingProfile, level: Int = 0) -> StringNode {
        guard values.count > 0 else { return .constant([]) }
        let (prefixLengths, suffixes) = values.frontCoded
        return .frontCoded(
            prefixLengths: IntegerNode.encoding(prefixLengths, profile: profile),
            suffixes: encoding(suffixes, profile: profile, level: level + 1))
    }

    static func decodeFrontCoded(
        prefixLengths: IntegerNode, suffixes: StringNode, count: Int, in environment: any PageEnvironment
    ) throws(DecodeError) -> StringVector {
        let prefixLengths = try prefixLengths.decode(count: count, rows: .unknown, in: environment)
        let suffixes = try suffixes.decode(count: count, rows: .unknown, in: environment)
        let total = unsafe traversion_front_coded_byte_count(
            prefixLengths, suffixes.ends, count, UInt64(Limits.valueByteCount))
        guard total != TRAVERSION_STRINGS_WRONG else {
            throw .corrupt(at: 0, "a string is too long or shares more than the one before it has")
        }
        guard total <= UInt64(Limits.decodedByteCountPerPage) else {
            throw .limit(at: 0, "decodes to more than a page may hold")
        }
        try environment.charge(strings: count, byteCount: Int(total))
        return try unsafe StringVector.building(count: count, byteCount: Int(total)) { bytes, ends in
            unsafe traversion_front_decode(prefixLengths, suffixes.bytes, suffixes.ends, count, bytes, ends)
        }
    }
}

extension StringVector {
    /// For each string how many bytes it shares with the one before, and their sum.
    private var sharedPrefixes: (lengths: [UInt64], byteCount: Int) {
        var byteCount: UInt64 = 0
        let lengths = unsafe [UInt64](unsafeUninitializedCapacity: count) { lengths, filledCount in
            byteCount = unsafe traversion_shared_prefixes(bytes, ends, count, lengths.baseAddress)
            filledCount = count
        }
        return (lengths, Int(byteCount))
    }

    /// How many bytes front coding would save.
    var sharedPrefixByteCount: Int { sharedPrefixes.byteCount }

    /// For each string how much it shares with the one before, and what follows after that.
    fileprivate var frontCoded: (prefixLengths: [UInt64], suffixes: StringVector) {
        let (lengths, sharedByteCount) = sharedPrefixes
        var suffixes = StringVector()
        suffixes.bytes.reserveCapacity(bytes.count - sharedByteCount)
        suffixes.ends.reserveCapacity(count)
        for index in 0..<count { suffixes.append(self[index].dropFirst(Int(lengths[index]))) }
        return (lengths, suffixes)
    }
}
