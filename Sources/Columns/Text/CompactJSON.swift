/// JSON as Format/Segment.md 6.3 writes it, checked without recursion: arrays may nest as deep as their length allows.
enum CompactJSON {
    /// Whether the bytes are one JSON number.
    static func isNumber(_ text: ArraySlice<UInt8>) -> Bool {
        var scanner = CompactJSONScanner(text)
        return scanner.takeNumber() && scanner.isAtEnd
    }

    /// Whether the bytes are one array: no white space, the shortest escapes, UTF-8.
    static func isArray(_ text: ArraySlice<UInt8>) -> Bool {
        guard text.first == UInt8(ascii: "["), String(validating: text, as: UTF8.self) != nil else { return false }
        var scanner = CompactJSONScanner(text)
        /// Of each array and object that is open, from the outermost on, whether it is an object.
        var open: [Bool] = []
        repeat {
            // Here a value must stand.
            if scanner.take("[") {
                open.append(false)
                if !scanner.take("]") { continue }
                open.removeLast()
            } else if scanner.take("{") {
                open.append(true)
                if !scanner.take("}") {
                    guard scanner.takeKey() else { return false }
                    continue
                }
                open.removeLast()
            } else if !scanner.takeScalar() {
                return false
            }
            // Here a value has ended, and perhaps some of what it stands in.
            while let isObject = open.last, !scanner.take(",") {
                guard scanner.take(isObject ? "}" : "]") else { return false }
                open.removeLast()
            }
            if open.last == true, !scanner.takeKey() { return false }
        } while !open.isEmpty
        return scanner.isAtEnd
    }
}
