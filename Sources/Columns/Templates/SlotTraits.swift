/// What decides the stream of a slot.
package struct SlotTraits {
    package let kind: SlotKind
    let averageByteCount: Double
    let mayGainAlone: Bool
}

extension TemplatedMessages {
    /// Values of a slot that are looked at to tell its kind.
    private static let sampleCount = 32

    package func traits(ofSlot slot: Int) -> SlotTraits {
        let sample = sample(ofSlot: slot)
        return SlotTraits(
            kind: sample.kind, averageByteCount: sample.averageByteCount, mayGainAlone: sample.mayGainAlone)
    }

    func sample(ofSlot slot: Int) -> SlotSample {
        let rows = messages(ofSlot: slot)
        let count = min(rows.count, Self.sampleCount)
        let bytes = messages.bytes.span
        var sample = SlotSample()
        for index in 0..<count {
            let row = rows[rows.startIndex + index * rows.count / count]
            sample.add(bytes.extracting(valueRange(ofSlot: slot, in: Int(row))))
        }
        return sample
    }
}
