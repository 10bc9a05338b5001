internal import Bytes

/// Differences from value to value, and every so many values themselves, so that single values are found without adding
/// up all before them.
extension IntegerNode {
    /// The powers of two by which anchors may stand apart, and the one that we write: a value is the sum of 128
    /// differences in the middle, and anchors take a fiftieth of a byte a value.
    static let anchorShifts = 4...16
    package static let anchorShift = 8
    /// With fewer values adding them all up costs nothing.
    private static let anchoredCount = 1024

    /// The same with anchors, where the node gives its values by their differences. Only what is asked for a few rows
    /// at a time gains by that.
    ///
    /// - Parameter values: those of the node.
    package func anchored(_ values: [UInt64], profile: EncodingProfile) -> IntegerNode {
        switch self {
        case .delta(let first, let child) where values.count >= Self.anchoredCount:
            let step = 1 << Self.anchorShift
            let anchors = stride(from: step, to: values.count, by: step).map { values[$0] }
            return .anchoredDelta(
                first: first, shift: Self.anchorShift, anchors: .encoding(anchors, profile: profile), child: child)
        case .split(let divisor, let quotients, let remainders):
            // Times of whole milliseconds. What the quotients are, only they tell.
            guard case .delta = quotients,
                let divided = try? quotients.decode(count: values.count, rows: .unknown, in: NoEnvironment())
            else { return self }
            return .split(
                divisor: divisor, quotients: quotients.anchored(divided, profile: profile), remainders: remainders)
        default:
            return self
        }
    }

    /// Whether the node, or one that it is made from, has anchors.
    package var hasAnchors: Bool {
        switch self {
        case .anchoredDelta: true
        case .split(_, let quotients, _): quotients.hasAnchors
        default: false
        }
    }

    static func decodeAnchored(
        first: UInt64, shift: Int, anchors: IntegerNode, child: IntegerNode,
        into output: UnsafeMutableBufferPointer<UInt64>, in environment: any PageEnvironment
    ) throws(DecodeError) {
        let anchors = try anchors.decode(count: (output.count - 1) >> shift, rows: .unknown, in: environment)
        try unsafe decodeDelta(first: first, child: child, into: output, in: environment)
        // Who picks values trusts in the anchors, so that both ways must give the same.
        for (number, anchor) in anchors.enumerated() {
            guard unsafe output[(number + 1) << shift] == anchor else {
                throw .corrupt(at: 0, "an anchor is not the sum of the differences before it")
            }
        }
    }
}

/// Which differences have to be added up to which anchors for some values.
struct AnchoredSums {
    private let shift: Int
    private let places: [UInt32]
    /// The stretches between anchors in which a value is wanted, ascending, and where the steps of each begin.
    private var stretches: [(number: UInt32, start: UInt32)] = []
    /// For each stretch its place among those.
    private var stretchPlaces: [UInt32]
    private let anchorCount: Int
    /// The places of the differences.
    private(set) var steps: [UInt32] = []

    init(_ pick: Pick, shift: Int) {
        self.shift = shift
        places = pick.places
        anchorCount = (pick.count - 1) >> shift
        // How many steps of each stretch are wanted, plus one; 0 where none of its values is.
        var lengths = [UInt32](repeating: 0, count: anchorCount + 1)
        let mask = UInt32(1) << UInt32(shift) - 1
        for place in places {
            let stretch = Int(place >> UInt32(shift))
            lengths[stretch] = max(lengths[stretch], place & mask + 1)
        }
        stretchPlaces = [UInt32](repeating: 0, count: lengths.count)
        for (number, length) in lengths.enumerated() where length > 0 {
            stretchPlaces[number] = UInt32(truncatingIfNeeded: stretches.count)
            stretches.append((UInt32(truncatingIfNeeded: number), UInt32(truncatingIfNeeded: steps.count)))
            let first = UInt32(truncatingIfNeeded: number << shift)
            steps.append(contentsOf: first..<first + (length - 1))
        }
    }

    /// The anchors that are needed. The first value of all is none.
    var anchorPick: Pick { Pick(stretches.compactMap { $0.number > 0 ? $0.number - 1 : nil }, of: anchorCount) }

    /// - Parameters:
    ///   - anchors: the picked ones.
    ///   - steps: the differences at ``steps``.
    func values(first: UInt64, anchors: [UInt64], steps: [UInt64]) -> [UInt64] {
        // A stretch's anchor stands where its steps begin, and the sums behind it.
        var sums: [UInt64] = []
        sums.reserveCapacity(steps.count + stretches.count)
        var anchor = anchors.makeIterator()
        for (place, stretch) in stretches.enumerated() {
            var sum = stretch.number == 0 ? first : anchor.next() ?? 0
            sums.append(sum)
            let end = place + 1 < stretches.count ? Int(stretches[place + 1].start) : steps.count
            for step in steps[Int(stretch.start)..<end] {
                sum &+= step
                sums.append(sum)
            }
        }
        let mask = UInt32(1) << UInt32(shift) - 1
        return places.map { place in
            let stretchPlace = Int(stretchPlaces[Int(place >> UInt32(shift))])
            return sums[Int(stretches[stretchPlace].start) + stretchPlace + Int(place & mask)]
        }
    }
}
