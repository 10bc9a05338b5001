import Columns

/// What decoding takes (Format/Segment.md, 1.2), as far as it can be told before anything is encoded: a value counts
/// once for each of the nodes that stand one in the other.
extension BandColumn {
    /// For a value that is a number or a code, whatever is done to it.
    private static let number = 40.0
    /// For the length, place and code of a text in a slot.
    private static let slot = 28.0

    /// More than decoding the page of some zones takes, told in no time.
    func decodedByteLimit(_ zones: Range<Int>) -> Double {
        let valueCount = Double(values(in: zones).count)
        guard type.layout == .strings else { return valueCount * Self.number }
        let byteCount = Double(rawByteCounts[zones].reduce(0, +))
        switch coding?.shared {
        case .templates(let templated):
            let slots = Double(templated.messages.variableCount) / Double(max(1, self.valueCount))
            return valueCount * (Self.number + Self.slot * slots) + byteCount * 4
        // Codes stay codes.
        case .strings: return valueCount * Self.number
        default: return valueCount * Self.number + byteCount * 3
        }
    }

    /// About what decoding the values of each zone takes.
    func decodedByteCounts() -> [Double] {
        zoneOffsets.indices.dropLast().map { zone in
            guard case .templates(let templated)? = coding?.shared else { return decodedByteLimit(zone..<zone + 1) }
            let values = values(in: zone..<zone + 1)
            let messages = Double(rawByteCounts[zone]) + Double(values.count) * Self.number
            let streams = templated.messages.streams(templated.assignment, in: values)
            return streams.enumerated().reduce(messages) { sum, stream in
                sum + slots(stream.offset, stream.element, of: templated, in: values)
            }
        }
    }

    /// What the values of a stream of some messages take.
    private func slots(
        _ number: Int, _ stream: TemplateStream, of templated: TemplatedColumn, in values: Range<Int>
    ) -> Double {
        let texts = stream.values
        guard let source = templated.sources[number] else {
            return stored(count: texts.count, byteCount: texts.bytes.count, isGrouped: grouping.streams[number] != nil)
        }
        // What the other column shows stands here once, and what it does not is stored besides.
        let linked = TemplatedColumn.linked(stream, in: values, of: self, to: source)
        let restByteCount = linked.rest.reduce(0) { $0 + texts.range($1).count }
        return Double(texts.bytes.count + 4 * texts.count) + Double(linked.exceptions.count) * Self.number
            + stored(count: linked.rest.count, byteCount: restByteCount, isGrouped: false)
    }

    /// What texts of slots take that are stored: as they are, as parts or entries, and in the order of a key.
    private func stored(count: Int, byteCount: Int, isGrouped: Bool) -> Double {
        Double(count) * Self.slot + Double(byteCount) * (isGrouped ? 3 : 2)
    }
}
