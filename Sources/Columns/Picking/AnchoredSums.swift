/// Which differences have to be added up to which anchors for some values, from the anchor before or back from the one
/// behind, whichever is nearer.
struct AnchoredSums {
    /// What lies between two anchors, where a value is wanted.
    private struct Stretch {
        /// The place among the anchors of the one that is added to; -1: the first value of all.
        var anchor: Int
        var isBackward: Bool
        /// The place of the first value that is known then, of which there is one more than steps.
        var first: UInt32
        var stepCount: Int
        /// Where its values begin among all that are known.
        var start: Int
    }

    private let shift: Int
    private let places: [UInt32]
    /// Ascending.
    private var stretches: [Stretch] = []
    /// For each stretch its place among those.
    private var stretchPlaces: [UInt32]
    private let anchorCount: Int
    /// The places of the differences.
    private(set) var steps: [UInt32] = []

    init(_ pick: Pick, shift: Int) {
        self.shift = shift
        places = pick.places
        anchorCount = (pick.count - 1) >> shift
        // The least and the greatest place of each stretch that is wanted, plus one; 0 where none is.
        var wanted = [(least: UInt32, end: UInt32)](repeating: (.max, 0), count: anchorCount + 1)
        for place in places {
            let stretch = Int(place >> UInt32(shift))
            wanted[stretch].least = min(wanted[stretch].least, place)
            wanted[stretch].end = max(wanted[stretch].end, place &+ 1)
        }
        stretchPlaces = [UInt32](repeating: 0, count: wanted.count)
        for (number, (least, end)) in wanted.enumerated() where end > 0 {
            stretchPlaces[number] = UInt32(truncatingIfNeeded: stretches.count)
            add(stretch: number, least..<end)
        }
    }

    private mutating func add(stretch number: Int, _ wanted: Range<UInt32>) {
        let first = UInt32(truncatingIfNeeded: number << shift)
        let next = UInt32(truncatingIfNeeded: (number + 1) << shift)
        let isBackward = number < anchorCount && next - wanted.lowerBound < wanted.upperBound - 1 - first
        let range = isBackward ? wanted.lowerBound..<next : first..<wanted.upperBound - 1
        stretches.append(
            Stretch(
                anchor: isBackward ? number : number - 1, isBackward: isBackward, first: range.lowerBound,
                stepCount: range.count, start: steps.count + stretches.count))
        steps.append(contentsOf: range)
    }

    /// The anchors that are needed. The first value of all is none.
    var anchorPick: Pick {
        Pick(stretches.compactMap { $0.anchor < 0 ? nil : UInt32(truncatingIfNeeded: $0.anchor) }, of: anchorCount)
    }

    /// - Parameters:
    ///   - anchors: the picked ones.
    ///   - steps: the differences at ``steps``.
    func values(first: UInt64, anchors: [UInt64], steps: [UInt64]) -> [UInt64] {
        var known = [UInt64](repeating: 0, count: steps.count + stretches.count)
        var anchor = anchors.makeIterator()
        var step = 0
        for stretch in stretches {
            var sum = stretch.anchor < 0 ? first : anchor.next() ?? 0
            if stretch.isBackward {
                known[stretch.start + stretch.stepCount] = sum
                for place in (0..<stretch.stepCount).reversed() {
                    sum &-= steps[step &+ place]
                    known[stretch.start &+ place] = sum
                }
            } else {
                known[stretch.start] = sum
                for place in 0..<stretch.stepCount {
                    sum &+= steps[step &+ place]
                    known[stretch.start &+ place &+ 1] = sum
                }
            }
            step += stretch.stepCount
        }
        return places.map { place in
            let stretch = stretches[Int(stretchPlaces[Int(place >> UInt32(shift))])]
            return known[stretch.start + Int(place - stretch.first)]
        }
    }
}
