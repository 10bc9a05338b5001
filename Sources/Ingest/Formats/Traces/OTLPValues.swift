import Bytes

/// Values and attributes as OTLP wraps them.
extension JSONLines {
    /// `{"stringValue":"x"}` and its kin, as the value that is meant.
    mutating func otlpValue(_ tree: JSONTree, _ index: JSONTree.Index, _ input: Span<UInt8>) {
        guard tree.isObject(index), tree.first(in: index) < tree.end(of: index) else { return raw("null") }
        let key = tree.content(tree.first(in: index))
        let wrapped = tree.first(in: index) + 1
        if input.equals("intValue", in: key), let number = tree.integer(wrapped, input) {
            integer(number)
        } else if input.equals("arrayValue", in: key) {
            raw("[")
            var isFirst = true
            tree.forEachElement(of: tree.member("values", of: wrapped, input)) { element in
                if !isFirst { raw(",") }
                isFirst = false
                otlpValue(tree, element, input)
            }
            raw("]")
        } else if input.equals("kvlistValue", in: key) {
            otlpObject(tree, tree.member("values", of: wrapped, input), input)
        } else {
            value(tree, wrapped, input)
        }
    }

    /// A list of keys and values as an object.
    mutating func otlpObject(_ tree: JSONTree, _ list: JSONTree.Index?, _ input: Span<UInt8>) {
        beginObject()
        if let list {
            tree.forEachElement(of: list) { element in
                guard let key = tree.member("key", of: element, input), tree.isString(key) else { return }
                separate()
                value(tree, key, input)
                raw(":")
                if let wrapped = tree.member("value", of: element, input) {
                    otlpValue(tree, wrapped, input)
                } else {
                    raw("null")
                }
            }
        }
        endObject()
    }

    /// A member with an object of attributes, when there are some.
    mutating func otlpAttributes(
        _ name: StaticString, _ tree: JSONTree, _ list: JSONTree.Index?, _ input: Span<UInt8>
    ) {
        guard let list, tree.isArray(list), tree.first(in: list) < tree.end(of: list) else { return }
        key(name)
        otlpObject(tree, list, input)
    }
}
