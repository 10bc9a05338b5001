public import Bytes

extension FloatNode {
    /// Some of the values.
    public func values(_ pick: Pick, in environment: any PickEnvironment) throws(DecodeError) -> [Double] {
        if pick.places.isEmpty { return [] }
        let inner = pick.withoutRows
        switch self {
        case .bits(let node): return try node.values(inner, in: environment).map { Double(bitPattern: $0) }
        case .scaled(let scale, let digits, let exceptions):
            var words = try digits.values(inner, in: environment)
            unsafe words.withUnsafeMutableBufferPointer { unsafe Self.decodeScaled(scale, in: $0) }
            try exceptions.forEach(pick, in: environment) { index, bits in words[index] = bits }
            return words.map { Double(bitPattern: $0) }
        case .splitBits(let rightWidth, let entryCount, let entries, let codes, let rightParts, let exceptions):
            let entries = try entries.decode(count: entryCount, rows: .unknown, in: environment)
            let codes = try codes.values(inner, in: environment)
            var words = try rightParts.values(inner, in: environment)
            var failure: DecodeError?
            unsafe words.withUnsafeMutableBufferPointer { words in
                do throws(DecodeError) {
                    try unsafe Self.decodeSplit(rightWidth: rightWidth, entries: entries, codes: codes, in: words)
                } catch { failure = error }
            }
            if let failure { throw failure }
            var highestLeft: UInt64 = 0
            let mask = ~UInt64(0) >> UInt64(64 - rightWidth)
            try exceptions.forEach(pick, in: environment) { index, left in
                highestLeft |= left
                words[index] = words[index] & mask | left << UInt64(rightWidth)
            }
            guard highestLeft >> UInt64(64 - rightWidth) == 0 else { throw .corrupt(at: 0, "left part is too large") }
            return words.map { Double(bitPattern: $0) }
        case .grouped(let source, let child):
            return try child.values(
                pick.grouped(by: source, isDerived: child.isDerived, in: environment), in: environment)
        }
    }
}

extension FloatExceptions {
    /// Calls `body` with the place among the picked values of each that is an exception, and what stands there.
    fileprivate func forEach(
        _ pick: Pick, in environment: any PickEnvironment, _ body: (Int, UInt64) -> Void
    ) throws(DecodeError) {
        guard count > 0 else { return }
        let exceptions = try PickedExceptions(pick, count: count, positions: positions, in: environment)
        let found = try values.values(exceptions.pick(of: count), in: environment)
        for (hit, value) in zip(exceptions.hits, found) { body(hit.index, value) }
    }
}
