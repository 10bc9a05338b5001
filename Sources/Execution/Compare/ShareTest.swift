import CMath

/// Whether a value has the same share of both sides: the test of two proportions, by the normal approximation.
struct ShareTest {
    static let name = "two proportions"

    /// The difference of the shares on the scale of arcs (Cohen's h, divided by its greatest value), from -1 to 1.
    let effect: Double
    /// How likely chance alone makes at least such a difference.
    let likelihood: Double

    /// Nil: a side has nothing.
    init?(_ first: Int, of firstTotal: Int, _ second: Int, of secondTotal: Int) {
        guard firstTotal > 0, secondTotal > 0 else { return nil }
        let (firstCount, secondCount) = (Double(firstTotal), Double(secondTotal))
        let (firstShare, secondShare) = (Double(first) / firstCount, Double(second) / secondCount)
        effect = 2 * (traversion_asin(secondShare.squareRoot()) - traversion_asin(firstShare.squareRoot())) / .pi
        let share = Double(first + second) / (firstCount + secondCount)
        let deviation = (share * (1 - share) * (1 / firstCount + 1 / secondCount)).squareRoot()
        likelihood = deviation > 0 ? traversion_erfc(abs(secondShare - firstShare) / deviation / 2.0.squareRoot()) : 1
    }
}
