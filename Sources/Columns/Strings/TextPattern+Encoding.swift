internal import Bytes

extension TextPattern {
    /// The strings as texts of this pattern, with those that are none as exceptions; nil when too many are.
    ///
    /// The node is decoded and compared before it is given out, so a mistake here could cost room but never a value.
    func encoding(_ values: StringVector, profile: EncodingProfile, level: Int) -> StringNode? {
        guard let parts = typed(values, profile: profile) else { return nil }
        var node = parts.typed
        if !prefix.isEmpty || !suffix.isEmpty { node = .affix(prefix: prefix, suffix: suffix, child: node) }
        if parts.misfits.positions.count > 0 {
            node = .exceptions(
                count: parts.misfits.positions.count,
                positions: IntegerNode.encoding(parts.misfits.positions, profile: profile),
                values: StringNode.encoding(parts.misfits.strings, profile: profile, level: level + 1), child: node)
        }
        let decoded = try? node.decode(count: values.count, rows: .unknown, in: NoEnvironment(budget: .max))
        return decoded.map { $0.isEqual(to: values) } == true ? node : nil
    }

    /// Strings that do not fit, and where they stand.
    private struct Misfits {
        var positions: [UInt64] = []
        var strings = StringVector()
        var limit: Int

        mutating func add(_ string: borrowing Span<UInt8>, at index: Int) {
            positions.append(UInt64(index))
            for place in string.indices { strings.bytes.append(string[place]) }
            strings.ends.append(UInt32(strings.bytes.count))
        }
    }

    /// The node of the texts that fit.
    private func typed(
        _ values: StringVector, profile: EncodingProfile
    ) -> (typed: StringNode, misfits: Misfits)? {
        var numbers: [UInt64] = []
        numbers.reserveCapacity(values.count)
        let misfits: Misfits?
        let node: StringNode
        switch kind {
        case .integer(digits: 0):
            misfits = forEachCore(of: values) { core in
                guard let number = DecimalText.parseSigned(core) else { return false }
                numbers.append(UInt64(bitPattern: number))
                return true
            }
            node = .integerText(digits: 0, values: IntegerNode.encoding(numbers, profile: profile))
        case .integer(let digits):
            misfits = forEachCore(of: values) { core in
                guard let number = DecimalText.parsePadded(core, digits: digits) else { return false }
                numbers.append(number)
                return true
            }
            node = .integerText(digits: digits, values: IntegerNode.encoding(numbers, profile: profile))
        case .fixedPoint(let decimals):
            misfits = forEachCore(of: values) { core in
                guard let number = FixedPointText.parse(core, decimals: decimals) else { return false }
                numbers.append(UInt64(bitPattern: number))
                return true
            }
            node = .fixedPointText(decimals: decimals, values: IntegerNode.encoding(numbers, profile: profile))
        case .hexNumber(let isUpper, let digits):
            misfits = forEachCore(of: values) { core in
                guard let number = HexNumberText.parse(core, isUpper: isUpper, digits: digits) else { return false }
                numbers.append(number)
                return true
            }
            node = .hexNumberText(
                isUpper: isUpper, digits: digits, values: IntegerNode.encoding(numbers, profile: profile))
        case .ipv4:
            misfits = forEachCore(of: values) { core in
                guard let address = IPv4Text.parse(core) else { return false }
                numbers.append(UInt64(address))
                return true
            }
            node = .ipv4Text(IntegerNode.encoding(numbers, profile: profile))
        case .timestamp:
            var forms: [UInt32] = []
            forms.reserveCapacity(values.count)
            misfits = forEachCore(of: values) { core in
                guard let (nanoseconds, form) = TimestampText.parse(core) else { return false }
                numbers.append(UInt64(bitPattern: nanoseconds))
                forms.append(form)
                return true
            }
            TimestampText.settle(forms: &forms, nanoseconds: numbers)
            node = .timestampText(
                nanoseconds: IntegerNode.encoding(numbers, profile: profile),
                forms: IntegerNode.encoding(forms.map { UInt64($0) }, profile: profile))
        case .hex(let isUpper, let byteCount):
            var bytes: [UInt8] = []
            bytes.reserveCapacity(values.count * byteCount)
            misfits = forEachCore(of: values) { core in
                core.count == 2 &* byteCount && HexText.append(core, isUpper: isUpper, to: &bytes)
            }
            node = .hexText(
                isUpper: isUpper, byteCount: byteCount, bytes: StoredBuffer.storing(bytes, profile: profile))
        case .uuid(let isUpper):
            misfits = forEachCore(of: values) { core in
                guard let (first, second) = IdentifierText.parseUUID(core, isUpper: isUpper) else { return false }
                numbers.append(first)
                numbers.append(second)
                return true
            }
            let bytes = unsafe numbers.withUnsafeBytes { unsafe [UInt8]($0) }
            node = .uuidText(isUpper: isUpper, bytes: StoredBuffer.storing(bytes, profile: profile))
        }
        return misfits.map { (node, $0) }
    }

    /// Calls `take` with what stands in each string between prefix and suffix. What it refuses is a misfit; nil when
    /// more than a sixth of the strings are.
    @inline(__always)
    private func forEachCore(of values: StringVector, _ take: (borrowing Span<UInt8>) -> Bool) -> Misfits? {
        var misfits = Misfits(limit: values.count / 6)
        let all = values.bytes.span
        var start = 0
        for index in values.ends.indices {
            let end = Int(values.ends[index])
            let string = all.extracting(start..<end)
            start = end
            if let core = core(of: string), take(string.extracting(core)) { continue }
            guard misfits.positions.count < misfits.limit else { return nil }
            misfits.add(string, at: index)
        }
        return misfits.positions.count < values.count ? misfits : nil
    }
}
