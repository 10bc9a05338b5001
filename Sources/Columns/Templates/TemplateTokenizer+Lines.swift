/// Messages of CRLF lines, as Windows writes its events: most lines are `key: value` or `key=value`.
extension TemplateTokenizer {
    private static let keyByteLimit = 64

    /// The value of each line that has a key is a variable, in other lines the words with digits.
    mutating func cutLines(from start: Int, to end: Int) {
        var place = start
        while place < end, !isFull {
            let lineEnd = endOfLine(from: place, to: end)
            cutLine(from: place, to: lineEnd)
            place = lineEnd &+ 2
        }
    }

    /// Where the CRLF stands that ends the line, or `end`.
    func endOfLine(from start: Int, to end: Int) -> Int {
        var place = start
        while true {
            place = returns.first(from: place, to: end)
            if place &+ 1 >= end || byte(place &+ 1) == UInt8(ascii: "\n") { return place &+ 1 >= end ? end : place }
            place &+= 1
        }
    }

    private mutating func cutLine(from start: Int, to end: Int) {
        guard var valueStart = endOfKey(from: start, to: end) else { return cutText(from: start, to: end) }
        var valueEnd = end
        // More spaces than one are the value's own; tabs only bring values into line.
        if valueStart < valueEnd, byte(valueStart) == UInt8(ascii: " ") { valueStart &+= 1 }
        while valueStart < valueEnd, byte(valueStart) == UInt8(ascii: "\t") { valueStart &+= 1 }
        while valueStart < valueEnd, isBlank(byte(valueEnd &- 1)) { valueEnd &-= 1 }
        if valueStart < valueEnd { _ = append(valueStart, valueEnd) }
    }

    /// Where the value of a line with a key begins; blanks may stand before it.
    private func endOfKey(from start: Int, to end: Int) -> Int? {
        var place = start
        while place < end, isBlank(byte(place)) { place &+= 1 }
        // Lines far to the right, without a key, continue the value above.
        let continued = place &- start >= 2 ? place : nil
        let limit = min(end, place &+ Self.keyByteLimit)
        let keyStart = place
        while place < limit {
            let next = byte(place)
            if next == UInt8(ascii: ":") {
                let isKey = place > keyStart && (place &+ 1 == end || isBlank(byte(place &+ 1)))
                return isKey ? place &+ 1 : continued
            }
            if next == UInt8(ascii: "=") { return place > keyStart ? place &+ 1 : continued }
            guard isKeyPart(next) else { return continued }
            place &+= 1
        }
        return continued
    }

    private func isBlank(_ byte: UInt8) -> Bool { byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t") }

    private func isKeyPart(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: " "), UInt8(ascii: "-"), UInt8(ascii: "_"),
            UInt8(ascii: "."), UInt8(ascii: "/"), UInt8(ascii: "("), UInt8(ascii: ")"):
            true
        default: false
        }
    }
}
