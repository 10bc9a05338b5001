/// A choice and what it came to. It is only tried: when it takes more bytes a value than before, or was taken often,
/// the choice is made anew.
struct RememberedChoice<Choice: RepeatableChoice> {
    private var choice: Choice?
    private var bytesPerValue = 0.0
    private var useCount = 0

    /// How often a choice is taken before it is made anew.
    private static var useLimit: Int { 32 }
    /// A header's worth of bytes more is no reason to choose anew.
    private static var slackByteCount: Double { 16 }

    /// The choice, unless it was taken too often.
    mutating func take() -> Choice? {
        guard let choice, useCount < Self.useLimit else { return nil }
        useCount += 1
        return choice
    }

    /// Whether what the choice gave is about as small as it was.
    func isAsExpected(byteCount: Int, count: Int) -> Bool {
        Double(byteCount) <= bytesPerValue * 1.125 * Double(count) + Self.slackByteCount
    }

    /// Remembers a choice, or that there is none to remember.
    mutating func note(_ choice: Choice?, byteCount: Int, count: Int) {
        let bytes = Double(byteCount) / Double(max(1, count))
        if let known = self.choice, let choice, choice.isLike(known) {
            // Pages differ, and the choice stays: there is no need to choose anew at each larger one.
            bytesPerValue = max(bytes, bytesPerValue)
        } else {
            bytesPerValue = bytes
        }
        self.choice = choice
        useCount = 0
    }
}

/// A choice that can be made again for other values.
protocol RepeatableChoice {
    /// Whether the other is the same but for details.
    func isLike(_ other: Self) -> Bool
}

extension FloatScale: RepeatableChoice {
    func isLike(_ other: FloatScale) -> Bool { self == other }
}
