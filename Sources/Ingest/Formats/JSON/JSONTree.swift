import Bytes

/// The structure of a JSON value: where each value begins and ends, in the order of the text.
///
/// Scalars and strings are not looked into: they are copied as they stand, and the parser behind judges them.
struct JSONTree {
    struct Node {
        /// The value's first byte tells its kind.
        var first: UInt8
        var start: Int32
        var end: Int32
        /// The node behind the value and all that is in it.
        var next: Int32
    }

    /// The index of a value.
    typealias Index = Int

    private(set) var nodes: [Node] = []

    static let root: Index = 0

    /// Reads a value; false when its structure is broken or too deep.
    mutating func read(_ input: Span<UInt8>, _ range: Range<Int>) -> Bool {
        nodes.removeAll(keepingCapacity: true)
        var position = range.lowerBound
        return value(input, &position, range.upperBound, depth: 0) && position == range.upperBound
    }

    private mutating func value(_ input: Span<UInt8>, _ position: inout Int, _ end: Int, depth: Int) -> Bool {
        guard position < end, depth < EventLimits.nestingDepth else { return false }
        let index = nodes.count
        let first = input[position]
        nodes.append(Node(first: first, start: Int32(position), end: 0, next: 0))
        switch first {
        case Byte.openBrace, Byte.openBracket:
            guard elements(input, &position, end, isObject: first == Byte.openBrace, depth) else { return false }
        default:
            guard case .end(let next) = JSONScan.endOfValue(input, from: position, isLast: true), next <= end,
                // JSON has no line feeds in strings, and a line must have none.
                first != Byte.quote || input.firstIndex(of: Byte.lineFeed, in: position..<next) == nil
            else { return false }
            position = next
        }
        nodes[index].end = Int32(position)
        nodes[index].next = Int32(nodes.count)
        return true
    }

    private mutating func elements(
        _ input: Span<UInt8>, _ position: inout Int, _ end: Int, isObject: Bool, _ depth: Int
    ) -> Bool {
        let close = isObject ? Byte.closeBrace : Byte.closeBracket
        position = JSONScan.afterWhite(input, from: position + 1)
        if position < end, input[position] == close {
            position += 1
            return true
        }
        while true {
            if isObject {
                guard position < end, input[position] == Byte.quote, value(input, &position, end, depth: depth + 1)
                else { return false }
                position = JSONScan.afterWhite(input, from: position)
                guard position < end, input[position] == Byte.colon else { return false }
                position = JSONScan.afterWhite(input, from: position + 1)
            }
            guard value(input, &position, end, depth: depth + 1) else { return false }
            position = JSONScan.afterWhite(input, from: position)
            guard position < end else { return false }
            let byte = input[position]
            position += 1
            if byte == close { return true }
            guard byte == Byte.comma else { return false }
            position = JSONScan.afterWhite(input, from: position)
        }
    }

    // What is in it.

    func isObject(_ index: Index) -> Bool { nodes[index].first == Byte.openBrace }
    func isArray(_ index: Index) -> Bool { nodes[index].first == Byte.openBracket }
    func isString(_ index: Index) -> Bool { nodes[index].first == Byte.quote }

    /// The text of a value, quotes included.
    func range(_ index: Index) -> Range<Int> { Int(nodes[index].start)..<Int(nodes[index].end) }

    /// The text of a string without its quotes, as it is escaped.
    func content(_ index: Index) -> Range<Int> {
        let range = range(index)
        return isString(index) ? range.lowerBound + 1..<range.upperBound - 1 : range
    }

    func next(_ index: Index) -> Index { Int(nodes[index].next) }

    /// The first key of an object or element of an array; the values behind it follow by `next` up to `end(of:)`.
    func first(in index: Index) -> Index { index + 1 }
    func end(of index: Index) -> Index { Int(nodes[index].next) }

    /// The value of a key, the last one when it stands there twice; nil for what is no object.
    func member(_ key: StaticString, of object: Index?, _ input: Span<UInt8>) -> Index? {
        guard let object, isObject(object) else { return nil }
        var found: Index?
        var index = first(in: object)
        while index < end(of: object) {
            if input.equals(key, in: content(index)) { found = index + 1 }
            index = next(index + 1)
        }
        return found
    }

    /// Calls `body` with each key and value of an object.
    @inline(__always)
    func forEachMember(of object: Index?, _ body: (_ key: Index, _ value: Index) -> Void) {
        guard let object, isObject(object) else { return }
        var index = first(in: object)
        while index < end(of: object) {
            body(index, index + 1)
            index = next(index + 1)
        }
    }

    @inline(__always)
    func forEachElement(of array: Index?, _ body: (Index) -> Void) {
        guard let array, isArray(array) else { return }
        var index = first(in: array)
        while index < end(of: array) {
            body(index)
            index = next(index)
        }
    }

    /// An integer, as a number or as digits in quotes.
    func integer(_ index: Index?, _ input: Span<UInt8>) -> Int64? {
        guard let index else { return nil }
        let text = content(index)
        var position = text.lowerBound
        let isNegative = input.byte(at: position) == Byte.dash
        if isNegative { position += 1 }
        guard position < text.upperBound, text.upperBound - position <= 19 else { return nil }
        var value: Int64 = 0
        while position < text.upperBound {
            guard Byte.isDigit(input[position]) else { return nil }
            let (product, overflows) = value.multipliedReportingOverflow(by: 10)
            let (sum, carries) = product.addingReportingOverflow(Int64(input[position] - Byte.zero))
            if overflows || carries { return nil }
            value = sum
            position += 1
        }
        return isNegative ? -value : value
    }
}
