internal import Bytes

/// Finds what most strings of a sample have in common: bytes before and after a text of a kind that is kept as numbers.
struct TextPatternFinder {
    private let sample: StringVector
    /// So many strings of the sample must fit.
    private let wantedCount: Int

    /// Of 6 strings 5 must fit: the others are exceptions.
    init(_ sample: StringVector) {
        self.sample = sample
        wantedCount = sample.count - sample.count / 6
    }

    /// The pattern, looked for in two strings so that one odd string does not hide it.
    func pattern() -> TextPattern? {
        guard sample.count > 0 else { return nil }
        let places = sample.count > 2 ? [sample.count / 2, sample.count / 3] : [0]
        for place in places {
            if let pattern = pattern(like: Array(sample[place])) { return pattern }
        }
        return nil
    }

    private func pattern(like model: [UInt8]) -> TextPattern? {
        guard model.count <= 256, model.contains(where: { $0 &- UInt8(ascii: "0") <= 9 }) else { return nil }
        let (prefix, suffix) = commonByteCounts(model)
        let starts = boundaries(model, in: 0...prefix)
        let ends = boundaries(model, in: (model.count - suffix)...model.count)
        let text = model.span
        // Longest first: a date begins before the digits that all strings share.
        for start in starts {
            for end in ends.reversed() where start < end {
                guard let kind = Self.wideKind(text.extracting(start..<end)) else { continue }
                if let pattern = confirmed(model, start..<end, kind) { return pattern }
            }
        }
        // Shortest first: digits that all strings share need not be repeated.
        for start in starts.reversed() {
            for end in ends where start < end {
                let core = model[start..<end]
                for kind in narrowKinds(core, start: start, suffix: model.count - end) {
                    if let pattern = confirmed(model, start..<end, kind) { return pattern }
                }
            }
        }
        return nil
    }

    /// How many bytes at the beginning and at the end of the model most strings share with it.
    private func commonByteCounts(_ model: [UInt8]) -> (prefix: Int, suffix: Int) {
        var prefixes: [Int] = []
        var suffixes: [Int] = []
        sample.visit { _, string in
            let limit = min(string.count, model.count)
            var prefix = 0
            while prefix < limit, string[prefix] == model[prefix] { prefix &+= 1 }
            var suffix = 0
            while suffix < limit, string[string.count &- 1 &- suffix] == model[model.count &- 1 &- suffix] {
                suffix &+= 1
            }
            prefixes.append(prefix)
            suffixes.append(suffix)
        }
        prefixes.sort(by: >)
        suffixes.sort(by: >)
        return (prefixes[wantedCount - 1], suffixes[wantedCount - 1])
    }

    /// Places where one class of characters ends and another begins, and the ends of the string. Few strings have more
    /// than a handful; the limit keeps the search short.
    private func boundaries(_ model: [UInt8], in range: ClosedRange<Int>) -> [Int] {
        let places = range.filter { place in
            place == 0 || place == model.count
                || CharacterClass(model[place - 1]) != CharacterClass(model[place])
        }
        return places.count <= 12 ? places : Array(places.prefix(4) + places.suffix(8))
    }

    private enum CharacterClass {
        case digit, lowerHex, upperHex, otherLetter, other

        init(_ byte: UInt8) {
            switch byte {
            case UInt8(ascii: "0")...UInt8(ascii: "9"): self = .digit
            case UInt8(ascii: "a")...UInt8(ascii: "f"): self = .lowerHex
            case UInt8(ascii: "A")...UInt8(ascii: "F"): self = .upperHex
            case UInt8(ascii: "g")...UInt8(ascii: "z"), UInt8(ascii: "G")...UInt8(ascii: "Z"): self = .otherLetter
            default: self = .other
            }
        }
    }

    /// Kinds of text that have marks inside.
    private static func wideKind(_ text: borrowing Span<UInt8>) -> TextKind? {
        switch text.count {
        case 36:
            guard IdentifierText.looksLikeUUID(text) else { return nil }
            return .uuid(isUpper: text.indices.contains { text[$0] &- UInt8(ascii: "A") < 6 })
        case TimestampText.minimumByteCount...TimestampText.maximumByteCount:
            return TimestampText.parse(text) == nil ? nil : .timestamp
        case 7...IPv4Text.maximumByteCount:
            return IPv4Text.parse(text) == nil ? nil : .ipv4
        default:
            return nil
        }
    }

    /// Kinds of text that are digits only, or nearly: what the sample needs is in their parameters.
    private func narrowKinds(_ model: ArraySlice<UInt8>, start: Int, suffix: Int) -> [TextKind] {
        let shape = shape(start: start, suffix: suffix)
        var kinds: [TextKind] = []
        if shape.decimalCount >= wantedCount {
            kinds.append(.integer(digits: shape.paddedDigits.map { min($0, 19) } ?? 0))
        }
        if let decimals = FixedPointText.decimals(Array(model).span) { kinds.append(.fixedPoint(decimals: decimals)) }
        if shape.hexCount >= wantedCount {
            let isUpper = shape.upperCount > 0
            if let byteCount = shape.commonByteCount, byteCount % 2 == 0, byteCount >= 8 {
                kinds.append(.hex(isUpper: isUpper, byteCount: byteCount / 2))
            }
            kinds.append(.hexNumber(isUpper: isUpper, digits: min(shape.paddedDigits ?? 1, 16)))
        }
        return kinds
    }

    /// What the strings of the sample look like between a prefix and a suffix.
    private struct Shape {
        /// Texts of digits with or without a sign, and texts of hexadecimal digits.
        var decimalCount = 0
        var hexCount = 0
        var upperCount = 0
        /// The length of texts that begin with a zero.
        var paddedDigits: Int?
        /// The length that all have.
        var commonByteCount: Int?
    }

    private func shape(start: Int, suffix: Int) -> Shape {
        var shape = Shape()
        var shortest = Int.max
        var longest = 0
        sample.visit { _, string in
            let end = string.count - suffix
            guard start < end else { return }
            var digitCount = 0
            var lowerCount = 0
            var upperCount = 0
            for index in start..<end {
                let byte = string[index]
                if byte &- UInt8(ascii: "0") <= 9 {
                    digitCount += 1
                } else if byte &- UInt8(ascii: "a") < 6 {
                    lowerCount += 1
                } else if byte &- UInt8(ascii: "A") < 6 {
                    upperCount += 1
                }
            }
            let count = end - start
            let isSigned = string[start] == UInt8(ascii: "-") && count > 1
            if digitCount == count - (isSigned ? 1 : 0) { shape.decimalCount += 1 }
            guard digitCount + lowerCount + upperCount == count else { return }
            shape.hexCount += 1
            if upperCount > 0 { shape.upperCount += 1 }
            shortest = min(shortest, count)
            longest = max(longest, count)
            if string[start] == UInt8(ascii: "0"), count > 1 {
                shape.paddedDigits = min(shape.paddedDigits ?? count, count)
            }
        }
        if shortest == longest { shape.commonByteCount = longest }
        return shape
    }

    /// The pattern when enough of the sample fits.
    private func confirmed(_ model: [UInt8], _ core: Range<Int>, _ kind: TextKind) -> TextPattern? {
        let pattern = TextPattern(
            prefix: Array(model[..<core.lowerBound]), suffix: Array(model[core.upperBound...]), kind: kind)
        var misfitLimit = sample.count - wantedCount
        var start = 0
        let all = sample.bytes.span
        for end in sample.ends {
            if !pattern.fits(all, start..<Int(end)) {
                misfitLimit -= 1
                if misfitLimit < 0 { return nil }
            }
            start = Int(end)
        }
        return pattern
    }
}
