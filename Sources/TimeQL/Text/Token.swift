/// The smallest part of a query that means something.
struct Token: Equatable {
    enum Kind: Equatable {
        /// A keyword, a name, or a path of names with points between them.
        case word
        /// A name in double quotes or backticks.
        case quotedName
        /// A text in single quotes.
        case text
        /// A number, perhaps with a unit right behind it.
        case number
        /// `$name`.
        case parameter
        case mark(Mark)
        case end
    }

    enum Mark: String, CaseIterable {
        case notEqual = "!="
        case otherNotEqual = "<>"
        case atMost = "<="
        case atLeast = ">="
        case equal = "="
        case less = "<"
        case greater = ">"
        case open = "("
        case close = ")"
        case openList = "["
        case closeList = "]"
        case openCount = "{"
        case closeCount = "}"
        case comma = ","
        case point = "."
        case semicolon = ";"
        case bar = "|"
        case star = "*"
        case plus = "+"
        case minus = "-"
        case question = "?"
    }

    var kind: Kind
    var range: SourceRange
}
