import Bytes

/// Finds the severity that a log line names near its beginning.
enum SeverityText {
    /// The names as programs write them, and as they are stored.
    private static let names: [(name: StaticString, severity: StaticString)] = [
        ("trace", "TRACE"), ("debug", "DEBUG"), ("info", "INFO"), ("information", "INFO"), ("notice", "NOTICE"),
        ("warn", "WARN"), ("warning", "WARN"), ("error", "ERROR"), ("err", "ERROR"), ("crit", "CRITICAL"),
        ("critical", "CRITICAL"), ("severe", "ERROR"), ("fatal", "FATAL"), ("alert", "ALERT"),
        ("emerg", "EMERGENCY"), ("panic", "FATAL"), ("verbose", "TRACE"),
    ]
    private static let letters: [(letter: UInt8, severity: StaticString)] = [
        (UInt8(ascii: "V"), "TRACE"), (UInt8(ascii: "D"), "DEBUG"), (UInt8(ascii: "I"), "INFO"),
        (UInt8(ascii: "W"), "WARN"), (UInt8(ascii: "E"), "ERROR"), (UInt8(ascii: "F"), "FATAL"),
    ]
    private static let searchedByteCount = 80
    private static let searchedWordCount = 8

    /// A name in capitals, in brackets, or as the first word is a severity; as is a letter behind two numbers, which is
    /// how Android writes it.
    static func find(_ input: Span<UInt8>, _ body: Range<Int>) -> StaticString? {
        let end = min(body.upperBound, body.lowerBound + searchedByteCount)
        var index = body.lowerBound
        var wordCount = 0
        var numberCount = 0
        while index < end, wordCount < searchedWordCount {
            guard Byte.isLetter(input[index]) else {
                if Byte.isDigit(input[index]) {
                    let isWordStart = index == body.lowerBound || Byte.isBlank(input[index - 1])
                    while index < end, Byte.isDigit(input[index]) { index += 1 }
                    if isWordStart { numberCount += 1 }
                } else {
                    index += 1
                }
                continue
            }
            let start = index
            while index < end, Byte.isLetter(input[index]) { index += 1 }
            let before = start > body.lowerBound ? input[start - 1] : Byte.space
            if index - start == 1, wordCount == 0, numberCount == 2, Byte.isBlank(before),
                let found = letters.first(where: { $0.letter == input[start] })
            {
                return found.severity
            }
            // Part of a longer name, such as java.lang.ERROR_CODE.
            let after = index < body.upperBound ? input[index] : Byte.space
            let isAlone = !isNamePart(before) && !isNamePart(after)
            let isMarked = wordCount == 0 && start == body.lowerBound || isOpening(before)
            if isAlone, let found = severity(input, start..<index, anyCase: isMarked) { return found }
            wordCount += 1
        }
        return nil
    }

    private static func isNamePart(_ byte: UInt8) -> Bool {
        Byte.isDigit(byte) || byte == UInt8(ascii: "_") || byte == UInt8(ascii: ".") || byte == Byte.dash
            || byte == UInt8(ascii: "/") || byte == UInt8(ascii: "$") || byte >= 0x80
    }

    private static func isOpening(_ byte: UInt8) -> Bool {
        byte == Byte.openBracket || byte == UInt8(ascii: "(") || byte == UInt8(ascii: "<")
    }

    private static func severity(_ input: Span<UInt8>, _ word: Range<Int>, anyCase: Bool) -> StaticString? {
        guard word.count >= 3, word.count <= 11 else { return nil }
        let first = input[word.lowerBound]
        guard anyCase || first < UInt8(ascii: "a") && input[word.lowerBound + 1] < UInt8(ascii: "a") else { return nil }
        for (name, severity) in names where name.utf8CodeUnitCount == word.count {
            var index = 0
            while index < word.count, unsafe input[word.lowerBound + index] | 0x20 == name.utf8Start[index] {
                index += 1
            }
            if index == word.count { return severity }
        }
        return nil
    }
}

extension JSONLines {
    /// Writes the severity that a text names near its beginning.
    mutating func severity(_ input: Span<UInt8>, _ body: Range<Int>) {
        if let severity = SeverityText.find(input, body) { member("severity", string: severity) }
    }
}
