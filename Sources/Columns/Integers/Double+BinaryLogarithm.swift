extension Double {
    /// A logarithm that is good to a thousandth, for estimates; the value is above 0 and normal.
    var binaryLogarithm: Double {
        // log2(m) of the significand by two terms of the series of the inverse hyperbolic tangent around the root of 2.
        let ratio = (significand - 1.414_213_562_373_095) / (significand + 1.414_213_562_373_095)
        let square = ratio * ratio
        return Double(exponent) + 0.5 + 2.885_390_081_777_927 * ratio * (1 + square * (1.0 / 3 + square / 5))
    }
}
