import Columns

extension BandColumn {
    /// About what decoding its pages takes, for each value and for each raw byte: a value counts once for each of the
    /// nodes that stand one in the other (Format/Segment.md, 1.2).
    var decodedWeight: (value: Double, byte: Double) {
        let integers = 40.0
        guard type.layout == .strings else { return (integers, 0) }
        switch coding?.shared {
        case .templates(let templated):
            // The messages themselves, and what stands in their slots twice: as it is and in the order of a key.
            let share = Double(templated.messages.variableByteCount) / Double(max(1, rawByteCount))
            let slots = Double(templated.messages.variableCount) / Double(max(1, valueCount))
            return (integers + 24 * slots, 1 + 2 * share)
        // Codes stay codes.
        case .strings: return (integers, 0)
        default: return (integers, 3)
        }
    }
}
