/// Why a line of input did not become an event.
///
/// The line is left out and nothing else is touched: the reader can go on with the next line.
public struct LineError: Error, Equatable, Sendable {
    public enum Reason: Sendable, CaseIterable {
        case outOfMemory, notAnObject, truncated, trailingContent, expectedKey, expectedColon, expectedValue
        case expectedCommaOrBrace, expectedCommaOrBracket, badLiteral, badNumber, badEscape, loneSurrogate
        case controlCharacter, unclosedString, badUTF8, tooDeep
        case lineTooLong, pathTooLong, tooManyColumns, noTime
        case otherCellCount, unclosedQuote, noTimestamp, otherFormat
    }

    /// The name of the input.
    public var path: String
    /// From 1.
    public var lineNumber: Int
    /// From the start of the input.
    public var byteOffset: Int
    public var reason: Reason

    public init(path: String, lineNumber: Int, byteOffset: Int, reason: Reason) {
        self.path = path
        self.lineNumber = lineNumber
        self.byteOffset = byteOffset
        self.reason = reason
    }
}

extension LineError: CustomStringConvertible {
    public var description: String { "\(path), line \(lineNumber), byte \(byteOffset): \(reason)" }
}

extension LineError.Reason: CustomStringConvertible {
    public var description: String {
        switch self {
        case .outOfMemory: "there is no memory left"
        case .notAnObject: "an event must be a JSON object"
        case .truncated: "the line ends inside the object"
        case .trailingContent: "something follows the object; each event must have its own line"
        case .expectedKey: "expected a key in double quotes"
        case .expectedColon: "expected ':' after the key"
        case .expectedValue: "expected a value"
        case .expectedCommaOrBrace: "expected ',' or '}'"
        case .expectedCommaOrBracket: "expected ',' or ']'"
        case .badLiteral: "not a JSON value; expected a string, number, object, array, true, false or null"
        case .badNumber: "not a JSON number"
        case .badEscape: "not an escape that JSON knows"
        case .loneSurrogate: "half a surrogate pair, which no UTF-8 text can hold"
        case .controlCharacter: "a control character in a string must be escaped"
        case .unclosedString: "the string that begins here is not closed on this line"
        case .badUTF8: "not UTF-8"
        case .tooDeep: "nested deeper than \(EventLimits.nestingDepth) levels"
        case .lineTooLong: "the record is longer than \(EventLimits.lineByteCount) bytes"
        case .pathTooLong: "the keys that lead here are longer than a path may be"
        case .otherCellCount: "the row has not as many cells as the header"
        case .unclosedQuote: "a quote is not closed"
        case .noTimestamp: "the line does not begin with a time, and no event stands before it"
        case .otherFormat: "not a record of the format that is being read"
        case .noTime: "no field says when it happened; name the one that does with --map timestamp=FIELD"
        case .tooManyColumns: "the segment has as many columns as it may; begin another"
        }
    }
}
