public import Bytes

extension StringVector {
    /// Which of the strings fulfil the predicate.
    public func matches(_ predicate: StringPredicate) -> Bitmap {
        switch predicate {
        case .equal(let wanted): return matches(wanted)
        case .anyOf(let wanted):
            // Binary search; equal strings among the wanted do no harm.
            let sorted = StringVector(sorting: wanted)
            return matches { sorted.containsSorted($0) }
        case .prefix(let prefix):
            return matches { string in
                string.count >= prefix.count && Self.areEqual(string.extracting(0..<prefix.count), prefix.span)
            }
        case .contains(let part): return matches(containing: part)
        }
    }

    private func matches(_ wanted: [UInt8]) -> Bitmap {
        matches { $0.count == wanted.count && Self.areEqual($0, wanted.span) }
    }

    @inline(__always)
    private func matches(_ isMatch: (borrowing Span<UInt8>) -> Bool) -> Bitmap {
        var words = [UInt64](repeating: 0, count: (count + 63) / 64)
        visit { index, string in
            words[index &>> 6] |= (isMatch(string) ? 1 : 0) &<< UInt64(truncatingIfNeeded: index & 63)
        }
        return Bitmap(count: count, words: words)
    }

    /// Strings in the order of their bytes.
    private init(sorting strings: [[UInt8]]) {
        self.init()
        for string in strings.sorted(by: { $0.lexicographicallyPrecedes($1) }) { append(string) }
    }

    private func containsSorted(_ string: borrowing Span<UInt8>) -> Bool {
        let all = bytes.span
        var low = 0
        var high = count
        while low < high {
            let middle = (low + high) / 2
            let candidate = all.extracting(range(middle))
            let shared = Self.sharedByteCount(string, candidate)
            if shared == string.count, shared == candidate.count { return true }
            if shared == candidate.count || shared < string.count && candidate[shared] < string[shared] {
                low = middle + 1
            } else {
                high = middle
            }
        }
        return false
    }

    /// Whether two strings of one length are the same.
    @inline(__always)
    private static func areEqual(_ first: borrowing Span<UInt8>, _ second: borrowing Span<UInt8>) -> Bool {
        sharedByteCount(first, second) == first.count
    }

    /// How many bytes at the beginning two strings have in common.
    @inline(__always)
    private static func sharedByteCount(_ first: borrowing Span<UInt8>, _ second: borrowing Span<UInt8>) -> Int {
        let limit = min(first.count, second.count)
        var offset = 0
        while offset &+ 8 <= limit {
            let difference =
                EightBytes.load(first, at: offset, count: 8) ^ EightBytes.load(second, at: offset, count: 8)
            if difference != 0 { return offset &+ difference.trailingZeroBitCount &>> 3 }
            offset &+= 8
        }
        while offset < limit, first[offset] == second[offset] { offset &+= 1 }
        return offset
    }
}
