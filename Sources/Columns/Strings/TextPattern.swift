/// Texts of one kind between the same bytes.
struct TextPattern: Equatable {
    let prefix: [UInt8]
    let suffix: [UInt8]
    let kind: TextKind
    /// Up to eight bytes of the prefix's beginning and of the suffix's end, compared at once.
    private let prefixWord: UInt64
    private let prefixMask: UInt64
    private let suffixWord: UInt64
    private let suffixMask: UInt64

    init(prefix: [UInt8], suffix: [UInt8], kind: TextKind) {
        self.prefix = prefix
        self.suffix = suffix
        self.kind = kind
        let prefixCount = min(prefix.count, 8)
        let suffixCount = min(suffix.count, 8)
        prefixMask = prefixCount == 0 ? 0 : ~0 &>> UInt64(64 - 8 * prefixCount)
        suffixMask = suffixCount == 0 ? 0 : ~0 &<< UInt64(64 - 8 * suffixCount)
        prefixWord = prefixCount == 0 ? 0 : EightBytes.load(prefix.span, at: 0, count: prefixCount)
        suffixWord =
            suffixCount == 0
            ? 0 : EightBytes.loadAligned(suffix.span, to: suffix.count, count: suffixCount, padding: 0)
    }

    /// Where in `text` the text of the kind stands that belongs to the string in a range; nil when the string does not
    /// begin and end as it should.
    @inline(__always)
    func core(_ text: borrowing Span<UInt8>, _ string: Range<Int>) -> Range<Int>? {
        let start = string.lowerBound &+ prefix.count
        let end = string.upperBound &- suffix.count
        guard start < end else { return nil }
        guard prefix.count <= 8, suffix.count <= 8, string.upperBound >= 8, string.lowerBound &+ 8 <= text.count else {
            return hasAffixes(text, string) ? start..<end : nil
        }
        let first = EightBytes.load(text, at: string.lowerBound, count: 8)
        let last = EightBytes.load(text, at: string.upperBound &- 8, count: 8)
        let difference = (first ^ prefixWord) & prefixMask | (last ^ suffixWord) & suffixMask
        return difference == 0 ? start..<end : nil
    }

    /// The same byte by byte, for long affixes and near the ends of the text.
    private func hasAffixes(_ text: borrowing Span<UInt8>, _ string: Range<Int>) -> Bool {
        for index in prefix.indices where text[string.lowerBound + index] != prefix[index] { return false }
        let end = string.upperBound - suffix.count
        for index in suffix.indices where text[end + index] != suffix[index] { return false }
        return true
    }

    func fits(_ text: borrowing Span<UInt8>, _ string: Range<Int>) -> Bool {
        guard let core = core(text, string) else { return false }
        return kind.fits(text, in: core)
    }
}
