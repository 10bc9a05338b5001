public import Bytes
private import CKernels

extension SymbolTable {
    /// Decodes strings that were encoded with this table.
    ///
    /// The caller has charged its budget with `decodedByteCount` and 4 bytes for each string.
    public func decode(
        encodedLengths: [UInt64], encoded: ArraySlice<UInt8>, decodedByteCount: Int
    ) throws(DecodeError) -> StringVector {
        guard Self.sum(encodedLengths, upTo: encoded.count) == encoded.count else {
            throw .corrupt(at: 0, "encoded lengths do not add up to the \(encoded.count) encoded bytes")
        }
        guard decodedByteCount >= 0, decodedByteCount <= encoded.count * Self.maximumSymbolByteCount else {
            throw .corrupt(at: 0, "\(encoded.count) encoded bytes cannot stand for \(decodedByteCount) bytes")
        }
        var decoder = traversion_symbol_decoder()
        fill(&decoder)
        var result = traversion_symbols_fit
        var strings = StringVector()
        strings.ends = unsafe [UInt32](unsafeUninitializedCapacity: encodedLengths.count) { ends, endCount in
            // The kernel may write a whole symbol of eight bytes where only its first byte belongs to the string.
            strings.bytes = unsafe [UInt8](unsafeUninitializedCapacity: decodedByteCount + 8) { output, count in
                unsafe encoded.withUnsafeBufferPointer { input in
                    result = Int(
                        unsafe traversion_symbol_decode(
                            &decoder, input.baseAddress, encodedLengths, encodedLengths.count,
                            output.baseAddress, decodedByteCount, ends.baseAddress))
                }
                count = result == traversion_symbols_fit ? decodedByteCount : 0
            }
            endCount = result == traversion_symbols_fit ? encodedLengths.count : 0
        }
        switch result {
        case traversion_symbols_fit: return strings
        case traversion_symbols_unknown_code: throw .corrupt(at: 0, "a code is beyond the symbol table")
        case traversion_symbols_cut_escape: throw .corrupt(at: 0, "a string ends with an escape")
        default: throw .corrupt(at: 0, "strings do not decode to \(decodedByteCount) bytes")
        }
    }

    private func fill(_ decoder: inout traversion_symbol_decoder) {
        decoder.count = UInt32(symbols.count)
        unsafe withUnsafeMutableBytes(of: &decoder.symbols) { words in
            for code in 0..<symbols.count {
                unsafe words.storeBytes(of: word(code), toByteOffset: code * 8, as: UInt64.self)
            }
        }
        unsafe withUnsafeMutableBytes(of: &decoder.lengths) { lengths in
            for code in 0..<symbols.count { unsafe lengths[code] = UInt8(symbols.range(code).count) }
        }
    }

    /// The sum of the lengths, or nil when it is over `limit`.
    static func sum(_ lengths: [UInt64], upTo limit: Int) -> Int? {
        var sum: UInt64 = 0
        for length in lengths {
            guard length <= UInt64(limit) else { return nil }
            // Both are at most `limit`, so this cannot overflow.
            sum &+= length
            guard sum <= UInt64(limit) else { return nil }
        }
        return Int(sum)
    }
}
