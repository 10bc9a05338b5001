internal import Bytes

/// Puts messages together. What it is made of has been checked, so that rendering itself cannot fail.
struct TemplateRenderer {
    private let set: TemplateSet
    private let codes: [UInt64]
    /// The first slot of each template, and behind the last template the number of slots.
    private let firstSlots: [Int]
    private let messageCounts: [Int]

    init(set: TemplateSet, codes: [UInt64]) throws(DecodeError) {
        let templateCount = set.slotCounts.count
        var firstSlots = [0]
        firstSlots.reserveCapacity(templateCount + 1)
        for count in set.slotCounts { firstSlots.append(firstSlots[firstSlots.count - 1] + Int(count)) }
        var messageCounts = [Int](repeating: 0, count: templateCount)
        for code in codes {
            guard code < UInt64(templateCount) else { throw .corrupt(at: 0, "a code is beyond the templates") }
            messageCounts[Int(code)] &+= 1
        }
        self.set = set
        self.codes = codes
        self.firstSlots = firstSlots
        self.messageCounts = messageCounts
    }

    /// Whether a message is of a template.
    func isUsed(_ template: Int) -> Bool { messageCounts[template] > 0 }

    /// How many values each stream must have.
    func valueCounts() -> [Int] {
        var counts = [Int](repeating: 0, count: set.streamCount)
        for template in messageCounts.indices where messageCounts[template] > 0 {
            for slot in firstSlots[template]..<firstSlots[template + 1] {
                counts[Int(set.slotStreams[slot])] += messageCounts[template]
            }
        }
        return counts
    }

    /// The rows in which the values of a stream stand: those of the messages they belong to.
    func rows(ofStream stream: Int, messages: RowMap) -> RowMap {
        if case .unknown = messages { return .unknown }
        let wanted = UInt32(stream)
        var slotCounts = [Int](repeating: 0, count: messageCounts.count)
        var valueCount = 0
        for template in messageCounts.indices {
            for slot in firstSlots[template]..<firstSlots[template + 1] where set.slotStreams[slot] == wanted {
                slotCounts[template] += 1
            }
            valueCount += slotCounts[template] * messageCounts[template]
        }
        var rows: [UInt32] = []
        rows.reserveCapacity(valueCount)
        for (message, code) in codes.enumerated() {
            let row = if case .rows(let messageRows) = messages { messageRows[message] } else { UInt32(message) }
            for _ in 0..<slotCounts[Int(code)] { rows.append(row) }
        }
        return .rows(rows)
    }

    /// The messages, with the values of each stream in their order.
    func render(_ values: [StringVector], in environment: any PageEnvironment) throws(DecodeError) -> StringVector {
        var byteCount = values.reduce(0) { $0 + $1.bytes.count }
        for template in messageCounts.indices where messageCounts[template] > 0 {
            let (product, overflows) = literalByteCount(template)
                .multipliedReportingOverflow(by: messageCounts[template])
            guard !overflows, product <= Limits.decodedByteCountPerPage else {
                throw .limit(at: 0, "messages are longer than a page may hold")
            }
            byteCount += product
            guard byteCount <= Limits.decodedByteCountPerPage else {
                throw .limit(at: 0, "messages are longer than a page may hold")
            }
        }
        try environment.charge(strings: codes.count, byteCount: byteCount)
        let messages = try rendered(values, byteCount: byteCount)
        if byteCount > Limits.valueByteCount {
            for index in messages.ends.indices where messages.range(index).count > Limits.valueByteCount {
                throw .limit(at: 0, "a message is too long")
            }
        }
        return messages
    }

    private func literalByteCount(_ template: Int) -> Int {
        let first = firstSlots[template] + template
        let last = firstSlots[template + 1] + template
        return set.literals.range(last).upperBound - set.literals.range(first).lowerBound
    }

    private func rendered(_ values: [StringVector], byteCount: Int) throws(DecodeError) -> StringVector {
        var pool = ValuePool(values)
        return try unsafe StringVector.building(count: codes.count, byteCount: byteCount) { (output, ends) in
            unsafe render(from: &pool, into: output, ends: ends)
        }
    }

    private func render(
        from pool: inout ValuePool, into output: UnsafeMutablePointer<UInt8>, ends: UnsafeMutablePointer<UInt32>
    ) {
        pool.withReader { reader in
            unsafe set.literals.bytes.withUnsafeBufferPointer { literalBytes in
                unsafe set.literals.ends.withUnsafeBufferPointer { literalEnds in
                    var place = 0
                    for (message, code) in codes.enumerated() {
                        let template = Int(truncatingIfNeeded: code)
                        let slots = firstSlots[template]..<firstSlots[template &+ 1]
                        var literal = slots.lowerBound &+ template
                        var start = literal == 0 ? 0 : unsafe Int(literalEnds[literal &- 1])
                        var end = unsafe Int(literalEnds[literal])
                        unsafe place &+= Self.copy(literalBytes, start, end, to: output + place)
                        for slot in slots {
                            unsafe place &+= reader.next(Int(set.slotStreams[slot]), to: output + place)
                            literal &+= 1
                            start = end
                            end = unsafe Int(literalEnds[literal])
                            unsafe place &+= Self.copy(literalBytes, start, end, to: output + place)
                        }
                        unsafe ends[message] = UInt32(truncatingIfNeeded: place)
                    }
                }
            }
        }
    }

    /// Copies a literal and returns its byte count. What follows it in the output is overwritten later.
    @inline(__always)
    private static func copy(
        _ source: UnsafeBufferPointer<UInt8>, _ start: Int, _ end: Int, to output: UnsafeMutablePointer<UInt8>
    ) -> Int {
        guard let base = source.baseAddress else { return 0 }
        // Near the end of the literals there is nothing behind that may be read along.
        if start &+ ShortCopy.byteCount <= source.count {
            unsafe ShortCopy.copy(base + start, end &- start, to: output)
        } else {
            unsafe output.update(from: base + start, count: end &- start)
        }
        return end &- start
    }
}
