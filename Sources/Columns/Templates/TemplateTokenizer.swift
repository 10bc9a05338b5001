/// A variable's place in the bytes of all messages.
struct VariableRange: Equatable {
    var start: UInt32
    var end: UInt32

    init(_ start: Int, _ end: Int) {
        self.start = UInt32(truncatingIfNeeded: start)
        self.end = UInt32(truncatingIfNeeded: end)
    }

    var range: Range<Int> { Int(start)..<Int(end) }
}

/// Finds the variables of messages: what stays is the literal text that messages of one kind share.
///
/// A word (letters, digits, `_`, `-`, `.`) is a variable when it holds a digit. Times of several words are one variable,
/// units behind a number are literal. In a message of CRLF lines the value of each `key: value` line is a variable.
@safe struct TemplateTokenizer {
    /// The last variable of a message with more of them takes the rest of the message.
    static let variableLimit = 64

    let bytes: UnsafePointer<UInt8>
    let words: PlaceSet
    let digits: PlaceSet
    let returns: PlaceSet

    /// Variables of the message that is being cut; the memory has room for `variableLimit`.
    private let variables: UnsafeMutablePointer<VariableRange>
    private var count = 0
    private var messageEnd = 0

    /// Cuts each of the messages; `body` gets the index and the variables of each.
    static func forEach(
        in messages: StringVector, _ body: (_ index: Int, _ variables: UnsafeBufferPointer<VariableRange>) -> Void
    ) {
        let sets = CharacterSets(messages.bytes)
        unsafe withUnsafeTemporaryAllocation(of: VariableRange.self, capacity: variableLimit) { variables in
            unsafe messages.bytes.withUnsafeBufferPointer { bytes in
                unsafe sets.words.withUnsafeBufferPointer { words in
                    unsafe sets.digits.withUnsafeBufferPointer { digits in
                        unsafe sets.returns.withUnsafeBufferPointer { returns in
                            // An empty array may have no memory; then nothing is read from it either.
                            let nothing = unsafe UnsafePointer<UInt8>(bitPattern: 1)!
                            var tokenizer = unsafe TemplateTokenizer(
                                bytes: bytes.baseAddress ?? nothing, words: PlaceSet(words.baseAddress!),
                                digits: PlaceSet(digits.baseAddress!), returns: PlaceSet(returns.baseAddress!),
                                variables: variables.baseAddress!)
                            var start = 0
                            for index in 0..<messages.count {
                                let end = Int(messages.ends[index])
                                tokenizer.cut(from: start, to: end)
                                unsafe body(
                                    index, UnsafeBufferPointer(start: variables.baseAddress!, count: tokenizer.count))
                                start = end
                            }
                        }
                    }
                }
            }
        }
    }

    @inline(__always)
    private mutating func cut(from start: Int, to end: Int) {
        count = 0
        messageEnd = end
        if returns.first(from: start, to: end) < end, endOfLine(from: start, to: end) < end {
            cutLines(from: start, to: end)
        } else {
            cutText(from: start, to: end)
        }
    }

    @inline(__always)
    func byte(_ place: Int) -> UInt8 { unsafe bytes[place] }

    var isFull: Bool { count == Self.variableLimit }

    /// Adds a variable and returns its end.
    @inline(__always)
    mutating func append(_ start: Int, _ end: Int) -> Int {
        let end = count == Self.variableLimit &- 1 ? messageEnd : end
        unsafe variables[count] = VariableRange(start, end)
        count &+= 1
        return end
    }

    /// Finds the words with digits.
    @inline(__always)
    mutating func cutText(from start: Int, to end: Int) {
        var place = start
        while true {
            let digit = digits.first(from: place, to: end)
            if digit == end { return }
            let wordStart = words.startOfRun(before: digit, from: place)
            let wordEnd = words.firstMissing(from: digit &+ 1, to: end)
            let variable = refine(wordStart, wordEnd, digit: digit, from: place, to: end)
            place = append(variable.start, variable.end)
            if place >= end { return }
        }
    }
}
