import Bytes
import Columns

/// A pattern in which `%` stands for any text and `_` for any character.
///
/// Matching takes time proportional to text times pattern at worst, whatever they are: only the last `%` is ever gone
/// back to.
struct LikePattern: Hashable {
    private enum Part: Hashable {
        case byte(UInt8)
        case character
        case anything
    }

    private let parts: [Part]
    private let anyCase: Bool

    init(_ text: String, anyCase: Bool = false) {
        self.anyCase = anyCase
        parts = text.utf8.map { byte in
            switch byte {
            case UInt8(ascii: "%"): .anything
            case UInt8(ascii: "_"): .character
            default: .byte(anyCase ? Byte.lowered(byte) : byte)
            }
        }
    }

    /// The same test without a pattern, when it is one for a text at the beginning, anywhere or as a whole.
    var predicate: StringPredicate? {
        guard !anyCase else { return nil }
        let bytes = parts.compactMap { if case .byte(let byte) = $0 { byte } else { nil } }
        switch (parts.first == .anything, parts.last == .anything, parts.count - bytes.count) {
        case (false, false, 0): return .equal(bytes)
        case (false, true, 1): return .prefix(bytes)
        case (true, true, 2) where !bytes.isEmpty: return .contains(bytes)
        default: return nil
        }
    }

    /// The longest text that must stand in what matches; nil when there is none.
    var longestPart: SoughtText? {
        var (longest, current): ([UInt8], [UInt8]) = ([], [])
        for part in parts {
            if case .byte(let byte) = part { current.append(byte) } else { current = [] }
            if current.count > longest.count { longest = current }
        }
        return longest.isEmpty ? nil : SoughtText(longest, anyCase: anyCase)
    }

    func matches(_ text: ArraySlice<UInt8>) -> Bool {
        var place = text.startIndex
        var part = 0
        /// Behind the last `%`, and where its text ends for now.
        var retry: (part: Int, place: Int)?
        while place < text.endIndex || part < parts.count {
            if part < parts.count {
                switch parts[part] {
                case .anything:
                    retry = (part + 1, place)
                    part += 1
                    continue
                case .character where place < text.endIndex:
                    place = Self.behindCharacter(text, place)
                    part += 1
                    continue
                case .byte(let byte) where place < text.endIndex:
                    if (anyCase ? Byte.lowered(text[place]) : text[place]) == byte {
                        place += 1
                        part += 1
                        continue
                    }
                default: break
                }
            }
            guard let last = retry, last.place < text.endIndex else { return false }
            place = last.place + 1
            part = last.part
            retry = (part, place)
        }
        return true
    }

    private static func behindCharacter(_ text: ArraySlice<UInt8>, _ place: Int) -> Int {
        var place = place + 1
        while place < text.endIndex, text[place] & 0xC0 == 0x80 { place += 1 }
        return place
    }
}
