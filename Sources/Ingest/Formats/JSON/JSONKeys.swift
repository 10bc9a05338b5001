import Bytes

/// The members of an object, as far as they can be seen.
struct JSONKeys {
    /// The text of each key without its quotes, and where its value begins.
    private(set) var members: [(key: Range<Int>, value: Int)] = []

    /// Walks the object that begins at `start`.
    init(_ input: Span<UInt8>, _ start: Int) {
        var position = start + 1
        while true {
            position = JSONScan.afterWhite(input, from: position)
            if input.byte(at: position) == Byte.comma { position = JSONScan.afterWhite(input, from: position + 1) }
            guard input.byte(at: position) == Byte.quote, let end = JSONScan.endOfString(input, from: position) else {
                return
            }
            let colon = JSONScan.afterWhite(input, from: end)
            guard input.byte(at: colon) == Byte.colon else { return }
            let value = JSONScan.afterWhite(input, from: colon + 1)
            members.append((position + 1..<end - 1, value))
            guard case .end(let next) = JSONScan.endOfValue(input, from: value, isLast: false) else { return }
            position = next
        }
    }

    /// Where the value of a key begins.
    func value(_ key: StaticString, _ input: Span<UInt8>) -> Int? {
        members.first { input.equals(key, in: $0.key) }?.value
    }

    func has(_ key: StaticString, _ input: Span<UInt8>) -> Bool { value(key, input) != nil }

    func hasArray(_ key: StaticString, _ input: Span<UInt8>) -> Bool {
        value(key, input).map { input.byte(at: $0) == Byte.openBracket } ?? false
    }
}
