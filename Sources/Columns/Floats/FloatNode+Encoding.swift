extension FloatNode {
    /// The best node for `values` under the profile.
    public static func encoding(_ values: [Double], profile: EncodingProfile) -> FloatNode {
        encoding(values, profile: profile, memory: nil)
    }

    /// The same with a memory of earlier values at the same place.
    package static func encoding(_ values: [Double], profile: EncodingProfile, memory: ChoiceMemory?) -> FloatNode {
        guard let first = values.first else { return .bits(.constant(0)) }
        if values.allSatisfy({ $0.bitPattern == first.bitPattern }) { return .bits(.constant(first.bitPattern)) }
        if let memory, let scale = memory.scale.take() {
            let node = scaled(encoding: values, scale: scale, profile: profile, memory: memory)
            if memory.scale.isAsExpected(byteCount: node.byteCount, count: values.count) { return node }
        }
        let sample = FloatSample.values(of: values)
        let best = FloatScale.best(for: sample)
        if let best, isRare(best.misfitCount, of: sample.count), best.bitCount <= sample.count * rightWidths.lowerBound
        {
            // Shorter than any right part, exceptions included, and as integers as good as the bits: nothing else can
            // win, unless the sample was not like the rest.
            let node = scaled(encoding: values, scale: best.scale, profile: profile, memory: memory)
            if case .scaled(_, _, let exceptions) = node, isRare(exceptions.count, of: values.count) {
                memory?.scale.note(best.scale, byteCount: node.byteCount, count: values.count)
                return node
            }
        }
        let node = cheapest(for: values, sample: sample, scale: best?.scale, profile: profile)
        if case .scaled(let scale, _, _) = node {
            memory?.scale.note(scale, byteCount: node.byteCount, count: values.count)
        } else {
            memory?.scale.note(nil, byteCount: 0, count: 0)
        }
        return node
    }

    private static func isRare(_ exceptionCount: Int, of count: Int) -> Bool { exceptionCount * 16 <= count }

    /// The integers of the values' bits: good for values that repeat.
    public static func bits(encoding values: [Double], profile: EncodingProfile) -> FloatNode {
        .bits(IntegerNode.encoding(values.map { $0.bitPattern }, profile: profile))
    }

    /// Tries everything on a part of the values and takes what was best there.
    private static func cheapest(
        for values: [Double], sample: [Double], scale: FloatScale?, profile: EncodingProfile
    ) -> FloatNode {
        let part = FloatSample.stretches(of: values)
        let cut = FloatCut.best(for: sample)
        var encoders: [([Double]) -> FloatNode] = [
            { bits(encoding: $0, profile: profile) },
            { splitBits(encoding: $0, rightWidth: cut.rightWidth, entries: cut.entries, profile: profile) },
        ]
        if let scale { encoders.append { scaled(encoding: $0, scale: scale, profile: profile) } }
        var best: (index: Int, node: FloatNode, cost: Double)?
        for (index, encoder) in encoders.enumerated() {
            let node = encoder(part)
            let cost = node.cost(valueCount: part.count, profile: profile)
            if cost < best?.cost ?? .infinity { best = (index, node, cost) }
        }
        guard let best else { return bits(encoding: values, profile: profile) }
        return part.count == values.count ? best.node : encoders[best.index](values)
    }

    /// Bytes, and what the time to decode is worth in bytes.
    private func cost(valueCount: Int, profile: EncodingProfile) -> Double {
        let nanoseconds =
            switch self {
            case .bits: 0.0
            case .scaled: 0.2
            case .splitBits: 0.5
            case .grouped: 4.0
            }
        return Double(byteCount) + profile.bytesPerDecodeNanosecond * nanoseconds * Double(valueCount)
    }
}
