import CMath

/// Whether numbers of one side tend to be greater than those of the other: the test of Mann and Whitney (1947), with
/// ties and by the normal approximation. It assumes nothing about how numbers are spread.
struct RankTest {
    static let name = "Mann-Whitney"

    /// From -1, when every number of the first side is greater, to 1.
    let effect: Double
    /// How likely chance alone makes at least such a difference.
    let likelihood: Double

    /// Numbers of one bucket of the sketches count as equal. Nil: a side has none.
    init?(_ first: QuantileSketch, _ second: QuantileSketch) {
        let (firstCount, secondCount) = (Double(first.count), Double(second.count))
        guard firstCount > 0, secondCount > 0 else { return nil }
        let (firsts, seconds) = (first.ordered, second.ordered)
        var (pairs, ties) = (0.0, 0.0)
        var (firstPlace, secondPlace, passed) = (0, 0, 0.0)
        while firstPlace < firsts.count || secondPlace < seconds.count {
            let bucket = min(
                firstPlace < firsts.count ? firsts[firstPlace].bucket : .max,
                secondPlace < seconds.count ? seconds[secondPlace].bucket : .max)
            var (here, there) = (0.0, 0.0)
            while firstPlace < firsts.count, firsts[firstPlace].bucket <= bucket {
                here += Double(firsts[firstPlace].count)
                firstPlace += 1
            }
            while secondPlace < seconds.count, seconds[secondPlace].bucket <= bucket {
                there += Double(seconds[secondPlace].count)
                secondPlace += 1
            }
            pairs += there * (passed + here / 2)
            passed += here
            let tied = here + there
            ties += tied * tied * tied - tied
        }
        let all = firstCount + secondCount
        effect = 2 * pairs / (firstCount * secondCount) - 1
        let variance = firstCount * secondCount / 12 * (all + 1 - ties / max(1, all * (all - 1)))
        let distance = max(0, abs(pairs - firstCount * secondCount / 2) - 0.5)
        likelihood = variance > 0 ? traversion_erfc(distance / variance.squareRoot() / 2.0.squareRoot()) : 1
    }
}
