import Bytes
import Storage

/// Masking arrays, which are one text of compact JSON (Format/Segment.md, 6.3).
extension LineMasker {
    /// An array or object that is open.
    private struct Level {
        var isObject: Bool
        /// That of its elements, and the key that they stand under.
        var treatment: MaskTreatment
        var key: [UInt8]
        /// What the path has without the key of the current element.
        var pathByteCount: Int
        /// An element was kept.
        var hasElement = false
    }

    /// The array that stands under a key, masked; nil when it stays as it is.
    func maskedArray(_ array: Span<UInt8>, _ treatment: MaskTreatment, key: [UInt8]) -> [UInt8]? {
        var output: [UInt8] = []
        output.reserveCapacity(array.count + 64)
        var isChanged = false
        var treatment = treatment
        var key = key
        var levels: [Level] = []
        var position = 0
        while position < array.count {
            let byte = array[position]
            if byte == Byte.comma {
                position += 1
                continue
            }
            if byte == Byte.closeBracket || byte == Byte.closeBrace {
                output.append(byte)
                position += 1
                levels.removeLast()
                if let level = levels.last { path.removeLast(path.count - level.pathByteCount) }
                continue
            }
            let mark = output.count
            if let level = levels.last {
                if level.hasElement { output.append(Byte.comma) }
                treatment = level.treatment
                key = level.key
                if level.isObject {
                    let end = CompactText.endOfScalar(array, from: position)
                    key = CompactText.unescaped(array, position + 1..<end - 1)
                    treatment = self.treatment(ofKey: key.span, within: treatment)
                    output += array.array(position..<end + 1)
                    position = end + 1
                }
            }
            let opening = array[position]
            if opening == Byte.openBracket || opening == Byte.openBrace {
                if !levels.isEmpty { levels[levels.count - 1].hasElement = true }
                output.append(opening)
                position += 1
                levels.append(
                    Level(
                        isObject: opening == Byte.openBrace, treatment: treatment, key: key,
                        pathByteCount: path.count))
                continue
            }
            let end = CompactText.endOfScalar(array, from: position)
            var isKept = true
            switch maskedElement(array, position..<end, treatment, key) {
            case .unchanged: output += array.array(position..<end)
            case .replaced(let text):
                output += JSONText.quoted(text)
                isChanged = true
            case .dropped:
                output.removeLast(output.count - mark)
                isKept = false
                isChanged = true
            }
            position = end
            if isKept { levels[levels.count - 1].hasElement = true }
            path.removeLast(path.count - levels[levels.count - 1].pathByteCount)
        }
        return isChanged ? output : nil
    }

    private func maskedElement(
        _ array: Span<UInt8>, _ range: Range<Int>, _ treatment: MaskTreatment, _ key: [UInt8]
    ) -> MaskedScalar {
        if case .keep = treatment { return .unchanged }
        if case .field(.drop) = treatment { return .of(text.replacement(of: [], .field, .drop)) }
        let first = array[range.lowerBound]
        if first == Byte.quote {
            let value = CompactText.unescaped(array, range.lowerBound + 1..<range.upperBound - 1)
            return masked(value.span, isText: true, treatment, key: key.span, nil)
        }
        if first == Byte.dash || Byte.isDigit(first) {
            return masked(array.extracting(range), isText: false, treatment, key: key.span, nil)
        }
        guard case .field(let mode) = treatment, first != UInt8(ascii: "n") else { return .unchanged }
        return .of(text.replacement(of: array.array(range), .field, mode))
    }
}
