internal import Bytes
private import CKernels

/// Strings that begin like the one before: made for sorted strings.
extension StringNode {
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
        // The suffixes are charged for.
        try environment.charge(Int(total) - suffixes.bytes.count)
        return try unsafe StringVector.building(count: count, byteCount: Int(total)) { bytes, ends in
            unsafe traversion_front_decode(prefixLengths, suffixes.bytes, suffixes.ends, count, bytes, ends)
        }
    }
}
