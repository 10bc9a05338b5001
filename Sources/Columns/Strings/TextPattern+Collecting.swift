internal import Bytes
private import CKernels

extension TextPattern {
    /// Strings that do not fit, and where they stand.
    struct Misfits {
        var positions: [UInt64] = []
        var strings = StringVector()
    }

    /// The numbers of texts that are one number each. `render` must give back the text that `parse` took.
    @inline(__always)
    func collect(
        _ values: StringVector, parse: (borrowing Span<UInt8>, Range<Int>) -> UInt64?,
        render: (UInt64, UnsafeMutablePointer<UInt8>) -> Int
    ) -> (numbers: [UInt64], misfits: Misfits)? {
        unsafe collect(values, perValue: 1) { text, core, output, proof in
            guard let number = parse(text, core) else { return false }
            unsafe output.pointee = number
            return unsafe isProven(text, core, proof, byteCount: render(number, proof))
        }
    }

    /// The instants and forms of timestamps, in turn.
    func timestamps(of values: StringVector) -> (numbers: [UInt64], misfits: Misfits)? {
        var parser = TimestampParser()
        var renderer = TimestampRenderer()
        return unsafe collect(values, perValue: 2) { text, core, output, proof in
            guard let (nanoseconds, form) = parser.parse(text.extracting(core)) else { return false }
            unsafe output[0] = UInt64(bitPattern: nanoseconds)
            unsafe output[1] = UInt64(form)
            let byteCount = unsafe renderer.render(output[0], form: output[1], at: proof) ?? 0
            return unsafe isProven(text, core, proof, byteCount: byteCount)
        }
    }

    /// The two words of each UUID.
    func uuids(of values: StringVector, isUpper: Bool) -> (numbers: [UInt64], misfits: Misfits)? {
        unsafe collect(values, perValue: 2) { text, core, output, proof in
            guard let (first, second) = IdentifierText.parseUUID(text.extracting(core), isUpper: isUpper) else {
                return false
            }
            unsafe output[0] = first
            unsafe output[1] = second
            unsafe IdentifierText.renderUUID(first, second, isUpper: isUpper, at: proof)
            return unsafe isProven(text, core, proof, byteCount: 36)
        }
    }

    /// Whether the text that was rendered is the one that was parsed.
    @inline(__always)
    private func isProven(
        _ text: borrowing Span<UInt8>, _ core: Range<Int>, _ proof: UnsafeMutablePointer<UInt8>, byteCount: Int
    ) -> Bool {
        guard byteCount == core.count else { return false }
        let rendered = UnsafeRawPointer(proof)
        var difference: UInt64 = 0
        var offset = 0
        while offset &+ 8 < byteCount {
            let word = EightBytes.load(text, at: core.lowerBound &+ offset, count: 8)
            difference |= unsafe word ^ rendered.loadUnaligned(fromByteOffset: offset, as: UInt64.self)
            offset &+= 8
        }
        // The last eight bytes or fewer.
        let count = min(8, byteCount)
        let word = EightBytes.loadAligned(text, to: core.upperBound, count: count, padding: 0)
        let last = unsafe rendered.loadUnaligned(fromByteOffset: byteCount &- count, as: UInt64.self)
        return difference == 0 && word == last &<< UInt64(truncatingIfNeeded: 8 &* (8 &- count))
    }

    /// Calls `take` with all text, with where in it stands what each string has between prefix and suffix, with a
    /// place for `wordCount` words and one for a text. Strings that it refuses are misfits; nil when more than a sixth
    /// of the strings are.
    @inline(__always)
    private func collect(
        _ values: StringVector, perValue wordCount: Int,
        _ take: (
            borrowing Span<UInt8>, Range<Int>, UnsafeMutablePointer<UInt64>, UnsafeMutablePointer<UInt8>
        ) -> Bool
    ) -> (numbers: [UInt64], misfits: Misfits)? {
        var misfits = Misfits()
        var isComplete = true
        let words = unsafe [UInt64](unsafeUninitializedCapacity: max(1, values.count * wordCount)) { output, filled in
            unsafe withUnsafeTemporaryAllocation(of: UInt8.self, capacity: 64 + renderingSlackByteCount) { proof in
                guard let first = output.baseAddress, let text = proof.baseAddress else { return }
                let result = visitCores(of: values) { all, core in
                    guard unsafe take(all, core, first + filled, text) else { return false }
                    filled &+= wordCount
                    return true
                }
                if let result { misfits = result } else { isComplete = false }
            }
        }
        return isComplete ? (words, misfits) : nil
    }

    /// Calls `take` with all text and with where in it stands what each string has between prefix and suffix. Strings
    /// that it refuses are misfits; nil when more than a sixth of the strings are.
    @inline(__always)
    private func visitCores(
        of values: StringVector, _ take: (borrowing Span<UInt8>, Range<Int>) -> Bool
    ) -> Misfits? {
        var misfits = Misfits()
        let text = values.bytes.span
        var start = 0
        for index in values.ends.indices {
            let string = start..<Int(values.ends[index])
            start = string.upperBound
            if let core = core(text, string), take(text, core) { continue }
            guard misfits.positions.count < values.count / 6 else { return nil }
            misfits.positions.append(UInt64(index))
            misfits.strings.append(values, index..<index + 1)
        }
        return misfits
    }

    /// The bytes of hexadecimal texts.
    func hexBytes(of values: StringVector, isUpper: Bool, byteCount: Int) -> (bytes: [UInt8], misfits: Misfits)? {
        if let bytes = allHexBytes(of: values, isUpper: isUpper, byteCount: byteCount) { return (bytes, Misfits()) }
        var bytes: [UInt8] = []
        bytes.reserveCapacity(values.count * byteCount)
        let misfits = visitCores(of: values) { text, core in
            core.count == 2 &* byteCount && HexText.append(text.extracting(core), isUpper: isUpper, to: &bytes)
        }
        return misfits.map { (bytes, $0) }
    }

    /// The same in one go where nothing stands before, after or between the texts and all fit.
    private func allHexBytes(of values: StringVector, isUpper: Bool, byteCount: Int) -> [UInt8]? {
        guard prefix.isEmpty, suffix.isEmpty, values.areAll(byteCount: 2 * byteCount) else { return nil }
        var flags: UInt32 = 0
        let bytes = unsafe [UInt8](unsafeUninitializedCapacity: values.count * byteCount) { output, filledCount in
            flags = unsafe traversion_hex_decode(values.bytes, values.count * byteCount, output.baseAddress)
            filledCount = values.count * byteCount
        }
        let allowed = isUpper ? TRAVERSION_HEX_UPPER : TRAVERSION_HEX_LOWER
        return flags & ~UInt32(allowed) == 0 ? bytes : nil
    }
}
