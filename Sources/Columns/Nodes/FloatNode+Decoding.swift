public import Bytes

extension FloatNode {
    /// The `count` values, which stand in the given rows of the page.
    public func decode(
        count: Int, rows: RowMap, in environment: any PageEnvironment
    ) throws(DecodeError) -> [Double] {
        try unsafe [Double].decoding(count: count, in: environment) { (output) throws(DecodeError) in
            // Integers are decoded in place and then turned into the doubles they stand for.
            try unsafe output.withMemoryRebound(to: UInt64.self) { (words) throws(DecodeError) in
                try unsafe decodeBits(into: words, rows: rows, in: environment)
            }
        }
    }

    /// Decodes the bits of the doubles into memory that the caller has charged for.
    func decodeBits(
        into output: UnsafeMutableBufferPointer<UInt64>, rows: RowMap, in environment: any PageEnvironment
    ) throws(DecodeError) {
        guard !output.isEmpty else { return }
        switch self {
        case .bits(let node):
            try unsafe node.decode(into: output, rows: .unknown, in: environment)
        case .scaled(let scale, let digits, let exceptions):
            try unsafe digits.decode(into: output, rows: .unknown, in: environment)
            unsafe Self.decodeScaled(scale, in: output)
            try exceptions.replace(in: environment, valueCount: output.count) { position, bits in
                unsafe output[position] = bits
            }
        case .splitBits(let rightWidth, let entryCount, let entries, let codes, let rightParts, let exceptions):
            let entries = try entries.decode(count: entryCount, rows: .unknown, in: environment)
            let codes = try codes.decode(count: output.count, rows: .unknown, in: environment)
            try unsafe rightParts.decode(into: output, rows: .unknown, in: environment)
            try unsafe Self.decodeSplit(rightWidth: rightWidth, entries: entries, codes: codes, in: output)
            var highestLeft: UInt64 = 0
            try exceptions.replace(in: environment, valueCount: output.count) { position, left in
                highestLeft |= left
                let mask = ~UInt64(0) >> UInt64(64 - rightWidth)
                unsafe output[position] = output[position] & mask | left << UInt64(rightWidth)
            }
            guard highestLeft >> UInt64(64 - rightWidth) == 0 else { throw .corrupt(at: 0, "left part is too large") }
        case .grouped(let source, let child):
            let order = try rows.order(groupedBy: source, count: output.count, in: environment)
            let values = try child.decode(
                count: output.count, rows: rows.inOrder(order, for: child.isDerived), in: environment)
            for (place, index) in order.enumerated() { unsafe output[Int(index)] = values[place].bitPattern }
        }
    }
}

extension FloatExceptions {
    /// Calls `body` with each position, in ascending order and below `valueCount`, and what stands there.
    @inline(__always)
    func replace(
        in environment: any PageEnvironment, valueCount: Int, with body: (Int, UInt64) -> Void
    ) throws(DecodeError) {
        guard count > 0 else { return }
        let positions = try positions.decode(count: count, rows: .unknown, in: environment)
        let values = try values.decode(count: count, rows: .unknown, in: environment)
        var lowest: UInt64 = 0
        for index in 0..<count {
            let position = positions[index]
            guard position >= lowest, position < UInt64(valueCount) else {
                throw .corrupt(at: 0, "positions of exceptions are not ascending")
            }
            body(Int(position), values[index])
            lowest = position + 1
        }
    }
}
