/// What the tokenizer finds in some messages: the distinct sequences of literals in order of first appearance.
struct FoundTemplates {
    /// The template of each message.
    var codes: [UInt32] = []
    /// Where the variables of each message begin in `variables`, and behind the last message their number.
    var firstVariables: [UInt32] = [0]
    var variables: [VariableRange] = []
    /// The first message of each template.
    var firstMessages: [UInt32] = []

    /// Where those messages stand among the bytes of all.
    private var firstRanges: [VariableRange] = []
    private var hashes: [UInt64] = []
    /// Codes by hash, the empty ones `UInt32.max`.
    private var table = [UInt32](repeating: .max, count: 1024)

    var templateCount: Int { firstMessages.count }

    func variables(of message: Int) -> ArraySlice<VariableRange> {
        variables[Int(firstVariables[message])..<Int(firstVariables[message + 1])]
    }

    /// Where the literals of a template stand in the first message that has it.
    func literals(of template: Int) -> [Range<Int>] {
        var literals: [Range<Int>] = []
        var start = Int(firstRanges[template].start)
        for variable in variables(of: Int(firstMessages[template])) {
            literals.append(start..<Int(variable.start))
            start = Int(variable.end)
        }
        literals.append(start..<Int(firstRanges[template].end))
        return literals
    }

    /// Nil: there are more than `limit` templates.
    init?(_ messages: StringVector, limit: Int) {
        codes.reserveCapacity(messages.count)
        firstVariables.reserveCapacity(messages.count + 1)
        variables.reserveCapacity(messages.count * 4)
        var isOverLimit = false
        unsafe messages.bytes.withUnsafeBufferPointer { bytes in
            let bytes = unsafe bytes.baseAddress ?? UnsafePointer(bitPattern: 1)!
            unsafe TemplateTokenizer.forEach(in: messages) { index, found in
                if isOverLimit { return }
                unsafe enter(index, messages.range(index), found, bytes: bytes)
                if templateCount > limit { isOverLimit = true }
            }
        }
        if isOverLimit { return nil }
    }

    @inline(__always)
    private mutating func enter(
        _ index: Int, _ range: Range<Int>, _ found: UnsafeBufferPointer<VariableRange>, bytes: UnsafePointer<UInt8>
    ) {
        var hash = LiteralBytes.seed
        var place = range.lowerBound
        for index in found.indices {
            let variable = unsafe found[index]
            hash = unsafe LiteralBytes.hash(hash, bytes + place, Int(variable.start) &- place)
            place = Int(variable.end)
        }
        hash = unsafe LiteralBytes.hash(hash, bytes + place, range.upperBound &- place)
        unsafe variables.append(contentsOf: found)
        firstVariables.append(UInt32(truncatingIfNeeded: variables.count))
        unsafe codes.append(code(of: index, range, found, hash: hash, bytes: bytes))
    }

    @inline(__always)
    private mutating func code(
        of index: Int, _ range: Range<Int>, _ found: UnsafeBufferPointer<VariableRange>, hash: UInt64,
        bytes: UnsafePointer<UInt8>
    ) -> UInt32 {
        let mask = table.count &- 1
        var slot = Int(truncatingIfNeeded: hash) & mask
        while true {
            let code = table[slot]
            if code == .max { break }
            if hashes[Int(code)] == hash, unsafe isLike(Int(code), range, found, bytes: bytes) {
                return code
            }
            slot = (slot &+ 1) & mask
        }
        let code = UInt32(truncatingIfNeeded: firstMessages.count)
        table[slot] = code
        hashes.append(hash)
        firstMessages.append(UInt32(truncatingIfNeeded: index))
        firstRanges.append(VariableRange(range.lowerBound, range.upperBound))
        if firstMessages.count &* 2 > table.count { grow() }
        return code
    }

    /// Whether a message has the literals of a template. A hash alone is no proof.
    @inline(__always)
    private func isLike(
        _ code: Int, _ range: Range<Int>, _ found: UnsafeBufferPointer<VariableRange>, bytes: UnsafePointer<UInt8>
    ) -> Bool {
        let message = Int(firstMessages[code])
        let firstVariable = Int(firstVariables[message])
        guard Int(firstVariables[message &+ 1]) &- firstVariable == found.count else { return false }
        var place = range.lowerBound
        var firstPlace = Int(firstRanges[code].start)
        for index in found.indices {
            let variable = unsafe found[index]
            let first = variables[firstVariable &+ index]
            let count = Int(variable.start) &- place
            guard Int(first.start) &- firstPlace == count,
                unsafe LiteralBytes.equal(bytes + place, bytes + firstPlace, count)
            else { return false }
            place = Int(variable.end)
            firstPlace = Int(first.end)
        }
        let count = range.upperBound &- place
        guard Int(firstRanges[code].end) &- firstPlace == count else { return false }
        return unsafe LiteralBytes.equal(bytes + place, bytes + firstPlace, count)
    }

    private mutating func grow() {
        table = [UInt32](repeating: .max, count: table.count * 2)
        let mask = table.count &- 1
        for (code, hash) in hashes.enumerated() {
            var slot = Int(truncatingIfNeeded: hash) & mask
            while table[slot] != .max { slot = (slot &+ 1) & mask }
            table[slot] = UInt32(truncatingIfNeeded: code)
        }
    }
}
