import Columns

/// How values follow from another column: which do not though it has a value in their row, and which are left to be
/// stored.
struct LinkedValues {
    private(set) var exceptions: [UInt64] = []
    private(set) var rest: [Int] = []

    /// `follows` tells whether a value follows from the source; nil where the source has none in its row.
    @inline(__always)
    init(_ values: Range<Int>, follows: (Int) -> Bool?) {
        for index in values {
            guard let isEqual = follows(index) else {
                rest.append(index)
                continue
            }
            if !isEqual {
                exceptions.append(UInt64(index - values.lowerBound))
                rest.append(index)
            }
        }
    }

    /// Codes that follow when the table has them at their keys; no key, or one that is `UInt32.max`, is no source.
    init(_ values: Range<Int>, codes: [UInt32], keys: [UInt32], table: [UInt32]) {
        precondition(values.upperBound <= min(codes.count, keys.count))
        unsafe codes.withUnsafeBufferPointer { codes in
            unsafe keys.withUnsafeBufferPointer { keys in
                unsafe table.withUnsafeBufferPointer { table in
                    for index in values {
                        let key = unsafe keys[index]
                        // What follows, which is nearly all, is passed by with one branch.
                        if key != .max, Int(key) < table.count, unsafe table[Int(key)] == codes[index] {
                            continue
                        }
                        if key != .max { exceptions.append(UInt64(index - values.lowerBound)) }
                        rest.append(index)
                    }
                }
            }
        }
    }

    func links<Node>(_ node: Node, profile: EncodingProfile) -> DerivedLinks<Node> {
        DerivedLinks(
            exceptionCount: exceptions.count, exceptionPositions: IntegerNode.encoding(exceptions, profile: profile),
            restCount: rest.count, rest: node)
    }
}
