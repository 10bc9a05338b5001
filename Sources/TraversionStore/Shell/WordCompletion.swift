import TimeQL
import Traversion

/// Completes the last word of a line: keywords and fields, within quotes the names of services.
struct WordCompletion {
    var fields: [String]
    var services: [String]

    /// What all words have in common that begin as the line ends, behind what is there; and these words.
    func complete(_ line: String) -> (insertion: String, choices: [String]) {
        if let open = Self.openQuote(line) {
            let choices = services.filter { $0.utf8.starts(with: open.utf8) }
            return (Self.common(choices).map { Self.rest($0, behind: open) } ?? "", choices)
        }
        let start = line.lastIndex { !Self.isPart($0) }.map { line.index(after: $0) } ?? line.startIndex
        let word = String(line[start...])
        let isSmall = word.contains { $0.isLowercase }
        let keywords = Keywords.all.map { isSmall ? $0.lowercased() : $0 }.filter { Self.begins($0, word) }
        // An empty word stands for every keyword, and thousands of fields.
        let names = word.isEmpty ? [] : fields.filter { Self.begins($0, word) }
        let choices = keywords + names.filter { !keywords.contains($0) }
        guard let common = Self.common(choices), Self.begins(common, word) else { return ("", choices) }
        return (Self.rest(common, behind: word) + (choices.count == 1 ? " " : ""), choices)
    }

    /// What stands behind a quote that is not closed.
    private static func openQuote(_ line: String) -> String? {
        let parts = line.split(separator: "'", omittingEmptySubsequences: false)
        return parts.count % 2 == 0 ? String(parts[parts.count - 1]) : nil
    }

    private static func isPart(_ character: Character) -> Bool {
        character.isLetter || character.isNumber || "_@.-".contains(character)
    }

    private static func begins(_ text: String, _ start: String) -> Bool {
        text.lowercased().utf8.starts(with: start.lowercased().utf8)
    }

    private static func rest(_ text: String, behind start: String) -> String { String(text.dropFirst(start.count)) }

    private static func common(_ texts: [String]) -> String? {
        guard var common = texts.first else { return nil }
        for text in texts {
            let length = zip(common, text).prefix { $0.lowercased() == $1.lowercased() }.count
            common = String(common.prefix(length))
        }
        return common
    }
}
