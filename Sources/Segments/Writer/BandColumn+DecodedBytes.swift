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
            return templated.messages.lengths(templated.assignment, in: values).enumerated().reduce(messages) {
                $0 + slots($1.offset, of: templated, count: $1.element.count, byteCount: $1.element.byteCount)
            }
        }
    }

    /// What the values of a stream take.
    private func slots(_ stream: Int, of templated: TemplatedColumn, count: Int, byteCount: Int) -> Double {
        // What another column shows stands here only where that one shows something else, which is seldom.
        if templated.sources[stream] != nil { return Double(count) * 8 + Double(byteCount) * 1.4 }
        // As they are, as parts or entries, and in the order of a key.
        return Double(count) * Self.slot + Double(byteCount) * (grouping.streams[stream] == nil ? 2 : 3)
    }
}
