/// Which stream each slot's values go to.
public struct StreamAssignment: Equatable, Sendable {
    /// Streams of one template resource, at most.
    public static let streamLimit = 32

    /// The stream of each slot; every stream below `streamCount` has a slot.
    public let streams: [UInt32]
    public let streamCount: Int

    public init(streams: [UInt32]) {
        self.streams = streams
        streamCount = streams.reduce(0) { max($0, Int($1) + 1) }
    }
}

extension TemplatedMessages {
    /// Puts slots with values of one kind into one stream.
    ///
    /// `dedicated` gives the streams of slots that the caller has a use for: 0, 1, ... without gaps, nil for the others.
    /// Those get the streams behind. Streams that are left over go to the largest groups of slots behind one key word.
    /// `traits` gives what is known of a slot already.
    package func assignment(
        dedicated: [Int?] = [], streamLimit: Int = StreamAssignment.streamLimit, traits: ((Int) -> SlotTraits)? = nil
    ) -> StreamAssignment {
        let firstFree = dedicated.reduce(0) { max($0, ($1 ?? -1) + 1) }
        var classes = SlotClasses()
        var classOfSlot = [Int?](repeating: nil, count: slotCount)
        for slot in 0..<slotCount where slot >= dedicated.count || dedicated[slot] == nil {
            let traits = traits?(slot) ?? self.traits(ofSlot: slot)
            let rowCount = messages(ofSlot: slot).count
            classOfSlot[slot] = classes.enter(
                kind: traits.kind, label: label(ofSlot: slot),
                weight: traits.averageByteCount * Double(rowCount) + Double(rowCount),
                maySplit: traits.mayGainAlone)
        }
        let streamOfClass = classes.streams(limit: max(1, streamLimit - firstFree))
        return StreamAssignment(
            streams: (0..<slotCount).map { slot in
                guard let slotClass = classOfSlot[slot] else { return UInt32(dedicated[slot] ?? 0) }
                return UInt32(firstFree + streamOfClass[slotClass])
            })
    }

    /// The word before a slot, which often names its values.
    package func label(ofSlot slot: Int) -> ArraySlice<UInt8> {
        let template = Int(templateOfSlot[slot])
        let literal = literals[slot + template]
        func isLetter(_ byte: UInt8) -> Bool { byte | 0x20 &- UInt8(ascii: "a") < 26 }
        guard let last = literal.lastIndex(where: isLetter) else { return [] }
        let before = literal[..<last].lastIndex { !isLetter($0) }
        return literal[(before.map { $0 + 1 } ?? literal.startIndex)...last]
    }
}
