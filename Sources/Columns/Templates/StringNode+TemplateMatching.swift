public import Bytes

/// Messages that contain a text, told by their templates.
extension StringNode {
    /// Which of the `count` messages of a template node contain a text; nil when templates and the bytes of values alone
    /// cannot tell, so that the messages have to be put together.
    public func templateMatches(
        containing part: [UInt8], count: Int, rows: RowMap, in environment: any PageEnvironment
    ) throws(DecodeError) -> Bitmap? {
        guard case .template(let resource, let codes, let streams) = self, let pattern = TemplatePattern(part) else {
            return nil
        }
        let set = try environment.templates(resource)
        let values = try codes.decode(count: count, rows: rows, in: environment)
        let renderer = try TemplateRenderer(set: set, codes: values)
        guard streams.count == set.streamCount else { return nil }
        let valueCounts = renderer.valueCounts()
        var places = [UInt64](repeating: 0, count: streams.count)
        for (number, stream) in streams.enumerated() where stream.count > 0 {
            guard stream.count == valueCounts[number] else { return nil }
            places[number] = try stream.node.places(in: pattern, count: stream.count, environment) {
                renderer.rows(ofStream: number, messages: rows)
            }
        }
        var isMatch = [Bool](repeating: false, count: set.slotCounts.count)
        var firstSlot = 0
        for (template, slotCount) in set.slotCounts.enumerated() {
            defer { firstSlot += Int(slotCount) }
            guard renderer.isUsed(template) else { continue }
            let literals = firstSlot + template..<firstSlot + template + Int(slotCount) + 1
            switch pattern.answer(
                literals, of: set.literals, slots: { places[Int(set.slotStreams[firstSlot + $0])] })
            {
            case .always: isMatch[template] = true
            case .never: break
            case .perhaps: return nil
            }
        }
        var words = [UInt64](repeating: 0, count: (count + 63) / 64)
        for (message, code) in values.enumerated() where isMatch[Int(code)] {
            words[message &>> 6] |= 1 &<< UInt64(truncatingIfNeeded: message & 63)
        }
        return Bitmap(count: count, words: words)
    }

    /// The places of a text at which the values of a node may have a byte.
    private func places(
        in pattern: TemplatePattern, count: Int, _ environment: any PageEnvironment, rows: () -> RowMap
    ) throws(DecodeError) -> UInt64 {
        switch self {
        case .constant(let value): return pattern.places(of: value)
        case .integerText: return pattern.places(of: "0123456789-".utf8)
        case .fixedPointText: return pattern.places(of: "0123456789-.".utf8)
        case .ipv4Text: return pattern.places(of: "0123456789.".utf8)
        case .hexText(let isUpper, _, _), .hexNumberText(let isUpper, _, _):
            return pattern.places(of: (isUpper ? "0123456789ABCDEF" : "0123456789abcdef").utf8)
        case .uuidText(let isUpper, _):
            return pattern.places(of: (isUpper ? "0123456789ABCDEF-" : "0123456789abcdef-").utf8)
        case .plain(_, let bytes), .fixedLength(_, let bytes): return pattern.places(of: try bytes.raw(in: environment))
        case .dictionary(let entryCount, let entries, _):
            return try entries.places(in: pattern, count: entryCount, environment) { .unknown }
        case .affix(let prefix, let suffix, let child):
            return try child.places(in: pattern, count: count, environment, rows: rows)
                | pattern.places(of: prefix) | pattern.places(of: suffix)
        case .grouped(_, let child) where !child.isDerived:
            // The same values in another order.
            return try child.places(in: pattern, count: count, environment, rows: rows)
        case .equal, .grouped:
            return pattern.places(of: try decode(count: count, rows: rows(), in: environment).bytes)
        default: return pattern.places(of: try decode(count: count, rows: .unknown, in: environment).bytes)
        }
    }
}
