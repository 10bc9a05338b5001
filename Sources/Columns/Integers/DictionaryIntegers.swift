internal import Bytes
private import CKernels

/// Codes into a table of distinct values.
extension IntegerNode {
    /// Codes into the sorted distinct values; nil when there are more than `limit`.
    package static func dictionary(
        encoding values: [UInt64], limit: Int, profile: EncodingProfile, levels: Int = 1, memory: ChoiceMemory? = nil
    ) -> IntegerNode? {
        guard let distinct = DistinctIntegers(coding: values, limit: limit) else { return nil }
        let (entries, codes) = distinct.sorted()
        return .dictionary(
            count: entries.count, entries: encoding(entries, profile: profile, levels: 1),
            codes: encoding(
                codes, profile: profile, levels: profile.tier == .hot ? 0 : levels, isCoded: true,
                memory: memory?[.codes]))
    }

    static func decodeCodes(
        _ codes: IntegerNode, entries: [UInt64], into output: UnsafeMutableBufferPointer<UInt64>,
        rows: RowMap, in environment: any PageEnvironment
    ) throws(DecodeError) {
        let areInside: Bool
        if case .packed(let base, let width, let bits) = codes, let base = narrowBase(base, width: width) {
            try environment.charge(output.count * 8)
            let raw = try packedBytes(bits, count: output.count, width: width, in: environment)
            areInside = unsafe raw.withUnsafeBufferPointer {
                unsafe traversion_unpack_entries(
                    $0.baseAddress!, output.count, UInt32(width), base, entries, entries.count, output.baseAddress!)
            }
        } else {
            try unsafe codes.decode(into: output, rows: rows, in: environment)
            areInside = unsafe traversion_entries(output.baseAddress!, output.count, entries, entries.count)
        }
        guard areInside else { throw .corrupt(at: 0, "code is not below \(entries.count), the number of entries") }
    }

    /// The base of packed values that all fit 32 bits.
    static func narrowBase(_ base: UInt64, width: Int) -> UInt32? {
        guard width <= 32, base <= UInt64(UInt32.max) - (1 << UInt64(width) - 1) else { return nil }
        return UInt32(base)
    }
}
