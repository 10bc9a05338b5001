/// Which differences have to be added up to which anchors for some values.
struct AnchoredSums {
    private let shift: Int
    private let places: [UInt32]
    /// The stretches between anchors in which a value is wanted, ascending, and where the steps of each begin.
    private var stretches: [(number: UInt32, start: UInt32)] = []
    /// For each stretch its place among those.
    private var stretchPlaces: [UInt32]
    private let anchorCount: Int
    /// The bits of a place within its stretch.
    private let mask: UInt32
    /// The places of the differences.
    private(set) var steps: [UInt32] = []

    init(_ pick: Pick, shift: Int) {
        self.shift = shift
        mask = UInt32(1) << UInt32(shift) - 1
        places = pick.places
        anchorCount = (pick.count - 1) >> shift
        // How many steps of each stretch are wanted, plus one; 0 where none of its values is.
        var lengths = [UInt32](repeating: 0, count: anchorCount + 1)
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
        return places.map { place in
            let stretchPlace = Int(stretchPlaces[Int(place >> UInt32(shift))])
            return sums[Int(stretches[stretchPlace].start) + stretchPlace + Int(place & mask)]
        }
    }
}
