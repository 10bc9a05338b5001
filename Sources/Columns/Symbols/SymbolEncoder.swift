private import CKernels

/// Encodes strings with one symbol table: at each place the longest symbol that the rest of the string begins with, the
/// lowest code among equal symbols, the escape only where none fits. Equal strings are encoded equally.
///
/// Unchecked: encoding only reads, and only training, which shares its encoder with nobody, fills one anew.
@safe public final class SymbolEncoder: @unchecked Sendable {
    private let index: UnsafeMutablePointer<traversion_symbol_index>

    public init(_ table: SymbolTable) {
        unsafe index = .allocate(capacity: 1)
        fill(table)
    }

    deinit { unsafe index.deallocate() }

    /// Takes another table, so that training needs the index's memory once.
    func fill(_ table: SymbolTable) {
        let words = (0..<table.symbols.count).map { table.word($0) }
        let lengths = (0..<table.symbols.count).map { UInt8(table.symbols.range($0).count) }
        unsafe traversion_symbol_index_fill(index, words, lengths, UInt32(words.count))
    }

    /// The encoded strings, end to end, and the encoded length of each.
    public func encode(_ strings: StringVector) -> (bytes: [UInt8], lengths: [UInt64]) {
        var bytes: [UInt8] = []
        let lengths = unsafe [UInt64](unsafeUninitializedCapacity: strings.count) { lengths, lengthCount in
            // In the worst case every byte is escaped.
            bytes = unsafe [UInt8](unsafeUninitializedCapacity: 2 * strings.bytes.count) { output, byteCount in
                byteCount = unsafe traversion_symbol_encode(
                    index, strings.bytes, strings.ends, strings.count, output.baseAddress, lengths.baseAddress)
            }
            lengthCount = strings.count
        }
        return (bytes, lengths)
    }

    /// One string, for example to be looked for among encoded strings.
    public func encode(_ string: [UInt8]) -> [UInt8] {
        encode(StringVector(bytes: string, ends: [UInt32(string.count)])).bytes
    }

    /// Cuts strings into tokens: 256 + code for a symbol, the byte itself where no symbol fits, and between strings 512.
    func tokens(of strings: StringVector, upTo stringCount: Int) -> [UInt16] {
        unsafe [UInt16](unsafeUninitializedCapacity: strings.bytes.count + stringCount) { tokens, tokenCount in
            guard let first = tokens.baseAddress else { return }
            unsafe strings.bytes.withUnsafeBufferPointer { bytes in
                for string in 0..<stringCount {
                    let part = unsafe UnsafeBufferPointer(rebasing: bytes[strings.range(string)])
                    tokenCount += unsafe traversion_symbol_tokens(
                        index, part.baseAddress, part.count, first + tokenCount)
                    unsafe tokens[tokenCount] = 512
                    tokenCount += 1
                }
            }
        }
    }
}
