import Bytes

/// Numbers of payment cards: 13 to 19 digits in one piece, or in the groups that are printed on a card.
enum CardNumber {
    private static let groupings = [[4, 4, 4, 4, 3], [4, 4, 4, 4], [4, 6, 5], [4, 6, 4]]
    /// No card number with its separators is longer.
    private static let reach = 40

    /// The number around a place.
    static func range(in text: Span<UInt8>, around place: Int) -> Range<Int>? {
        let groups = groups(in: text, around: place)
        for first in groups.indices {
            if isNumber(text, groups[first...first]), isApart(text, groups[first]) { return groups[first] }
            for lengths in groupings where first + lengths.count <= groups.count {
                let part = groups[first..<first + lengths.count]
                guard zip(part, lengths).allSatisfy({ $0.count == $1 }), isNumber(text, part) else { continue }
                let separator = text[part[part.startIndex].upperBound]
                let range = part[part.startIndex].lowerBound..<part[part.endIndex - 1].upperBound
                guard part.dropLast().allSatisfy({ text[$0.upperBound] == separator }), isApart(text, range),
                    separator == Byte.space || text.byte(at: range.lowerBound - 1) != separator,
                    separator == Byte.space || text.byte(at: range.upperBound) != separator
                else { continue }
                return range
            }
        }
        return nil
    }

    /// The groups of digits around a place that have one space or dash between them.
    private static func groups(in text: Span<UInt8>, around place: Int) -> [Range<Int>] {
        func belongs(_ index: Int) -> Bool {
            let byte = text.byte(at: index)
            return Byte.isDigit(byte) || byte == Byte.space || byte == Byte.dash
        }
        var lower = place
        while place - lower < reach, lower > 0, belongs(lower - 1) { lower -= 1 }
        var upper = place
        while upper - place < reach, upper < text.count, belongs(upper) { upper += 1 }
        var groups: [Range<Int>] = []
        var index = lower
        while index < upper {
            let start = index
            while index < upper, Byte.isDigit(text[index]) { index += 1 }
            if index > start {
                // Groups that are further apart begin anew.
                if let last = groups.last, start - last.upperBound > 1, last.upperBound <= place { groups = [] }
                groups.append(start..<index)
            } else {
                index += 1
            }
        }
        return groups
    }

    /// Nothing beside it makes it a part of a word, an id or a fraction.
    private static func isApart(_ text: Span<UInt8>, _ range: Range<Int>) -> Bool {
        let before = text.byte(at: range.lowerBound - 1)
        let behind = text.byte(at: range.upperBound)
        let dot = UInt8(ascii: ".")
        return !Byte.isWord(before) && !Byte.isWord(behind)
            && !(before == dot && Byte.isDigit(text.byte(at: range.lowerBound - 2)))
            && !(behind == dot && Byte.isDigit(text.byte(at: range.upperBound + 1)))
    }

    private static func isNumber(_ text: Span<UInt8>, _ groups: ArraySlice<Range<Int>>) -> Bool {
        let count = groups.reduce(0) { $0 + $1.count }
        guard count >= 13, count <= 19 else { return false }
        var digits: [Int] = []
        for group in groups { for index in group { digits.append(Int(text[index] - Byte.zero)) } }
        return isIssued(digits) && hasCheckDigit(digits)
    }

    /// Whether a network gives out numbers that begin so and are as long.
    private static func isIssued(_ digits: [Int]) -> Bool {
        let four = digits[0] * 1000 + digits[1] * 100 + digits[2] * 10 + digits[3]
        switch four {
        case 4000...4999: return [13, 16, 19].contains(digits.count)
        case 5100...5599, 2221...2720: return digits.count == 16
        case 3400...3499, 3700...3799: return digits.count == 15
        case 3000...3059, 3600...3699, 3800...3999: return digits.count == 14
        case 3528...3589, 6011, 6200...6299, 6440...6599: return digits.count >= 16
        default: return false
        }
    }

    /// Luhn's.
    private static func hasCheckDigit(_ digits: [Int]) -> Bool {
        var sum = 0
        for (index, digit) in digits.reversed().enumerated() {
            sum += index % 2 == 0 ? digit : digit < 5 ? digit * 2 : digit * 2 - 9
        }
        return sum % 10 == 0
    }
}
