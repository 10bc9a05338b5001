internal import Bytes
private import CKernels

/// Codes into a table of strings.
extension StringNode {
    /// Codes into the distinct strings, or nil when those are more than `entryLimit`.
    static func dictionary(
        encoding values: StringVector, entryLimit: Int, profile: EncodingProfile, level: Int = 0,
        memory: ChoiceMemory? = nil
    ) -> StringNode? {
        guard let table = StringTable(values, entryLimit: entryLimit), table.entries.count > 0 else { return nil }
        return .dictionary(
            count: table.entries.count, entries: encoding(table.entries, profile: profile, level: level + 1),
            codes: IntegerNode.encoding(table.codes, profile: profile, memory: memory?[.codes]))
    }

    static func decodeSharedDictionary(
        _ resource: Int, codes: IntegerNode, count: Int, rows: RowMap, in environment: any PageEnvironment
    ) throws(DecodeError) -> StringVector {
        let entries = try environment.stringDictionary(resource)
        return try gather(codes.decode(count: count, rows: rows, in: environment), from: entries, in: environment)
    }

    /// The entries that codes name, end to end.
    static func gather(
        _ codes: [UInt64], from entries: StringVector, in environment: any PageEnvironment
    ) throws(DecodeError) -> StringVector {
        let total = unsafe traversion_gathered_byte_count(codes, codes.count, entries.ends, entries.count)
        guard total != TRAVERSION_STRINGS_WRONG else {
            throw .corrupt(at: 0, "a code is not below the \(entries.count) entries of a dictionary")
        }
        try environment.charge(strings: codes.count, byteCount: Int(total))
        return try unsafe StringVector.building(count: codes.count, byteCount: Int(total)) { bytes, ends in
            unsafe traversion_gather(
                codes, codes.count, entries.bytes, entries.ends, entries.count, bytes, ends)
        }
    }
}
