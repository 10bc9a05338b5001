public import Bytes

/// Messages that contain a text, told by their templates.
extension StringNode {
    /// What templates and the bytes of values alone tell of the `count` messages of a template node: which contain a text
    /// for certain, and which may do so and have to be put together. Nil for other nodes, and texts that are too long.
    public func templateMatches(
        containing part: [UInt8], count: Int, rows: RowMap, in environment: any PageEnvironment
    ) throws(DecodeError) -> (certain: Bitmap, possible: Bitmap)? {
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
            places[number] = pattern.places(
                of: try stream.node.bytes(count: stream.count, in: environment) {
                    renderer.rows(ofStream: number, messages: rows)
                })
        }
        var answers = [TemplatePattern.Answer](repeating: .never, count: set.slotCounts.count)
        var firstSlot = 0
        for (template, slotCount) in set.slotCounts.enumerated() {
            defer { firstSlot += Int(slotCount) }
            guard renderer.isUsed(template) else { continue }
            let literals = firstSlot + template..<firstSlot + template + Int(slotCount) + 1
            answers[template] = pattern.answer(
                literals, of: set.literals, slots: { places[Int(set.slotStreams[firstSlot + $0])] })
        }
        func messages(_ wanted: TemplatePattern.Answer) -> Bitmap {
            guard answers.contains(wanted) else { return Bitmap(count: count) }
            let isWanted = answers.map { $0 == wanted ? 1 as UInt64 : 0 }
            var words = [UInt64](repeating: 0, count: (count + 63) / 64)
            for (message, code) in values.enumerated() {
                words[message &>> 6] |= isWanted[Int(code)] &<< UInt64(truncatingIfNeeded: message & 63)
            }
            return Bitmap(count: count, words: words)
        }
        return (messages(.always), messages(.perhaps))
    }
}
