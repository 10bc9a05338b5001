import Bytes

/// Copies parts of JSON records into events.
extension JSONLines {
    /// A value as it stands, on one line.
    mutating func value(_ tree: JSONTree, _ index: JSONTree.Index, _ input: Span<UInt8>) {
        let isWhole = compact(input, tree.range(index))
        precondition(isWhole, "a tree has a string with a line feed")
    }

    /// A member under the record's own key.
    mutating func member(_ tree: JSONTree, key: JSONTree.Index, _ input: Span<UInt8>) {
        separate()
        value(tree, key, input)
        text.append(Byte.colon)
        value(tree, key + 1, input)
    }

    /// A member, when there is such a value.
    mutating func member(_ name: StaticString, _ tree: JSONTree, _ index: JSONTree.Index?, _ input: Span<UInt8>) {
        guard let index else { return }
        key(name)
        value(tree, index, input)
    }

    /// An id; hexadecimal digits in lower case, as most programs write them.
    mutating func id(_ name: StaticString, _ tree: JSONTree, _ index: JSONTree.Index?, _ input: Span<UInt8>) {
        guard let index, tree.isString(index), !tree.content(index).isEmpty else { return }
        let content = tree.content(index)
        var bytes = input.array(content)
        let isHex = bytes.allSatisfy { Byte.isDigit($0) || ($0 | 0x20) &- UInt8(ascii: "a") < 6 }
        guard isHex else { return member(name, tree, index, input) }
        for place in bytes.indices { bytes[place] |= 0x20 }
        key(name)
        string(bytes.span, 0..<bytes.count)
    }

    /// An instant that is told in some unit since 1970; 0 stands for none.
    mutating func timestamp(
        _ name: StaticString, _ tree: JSONTree, _ index: JSONTree.Index?, unit: Int64, _ input: Span<UInt8>
    ) {
        guard let value = tree.integer(index, input), value != 0 else { return }
        let (nanoseconds, overflows) = value.multipliedReportingOverflow(by: unit)
        if !overflows { member(name, timestamp: nanoseconds) }
    }

    /// An integer, whether it stands in quotes or not; anything else as it stands.
    mutating func integer(
        _ name: StaticString, _ tree: JSONTree, _ index: JSONTree.Index?, times unit: Int64 = 1, _ input: Span<UInt8>
    ) {
        guard let index else { return }
        if let value = tree.integer(index, input) {
            let (product, overflows) = value.multipliedReportingOverflow(by: unit)
            if !overflows { return member(name, integer: product) }
        }
        if unit == 1 { member(name, tree, index, input) }
    }
}
