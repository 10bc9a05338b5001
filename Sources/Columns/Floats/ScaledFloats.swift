private import CKernels

/// Doubles as integers over a common divisor; what does not come back bit for bit is an exception.
extension FloatNode {
    static func decodeScaled(_ scale: FloatScale, in words: UnsafeMutableBufferPointer<UInt64>) {
        unsafe traversion_scaled_decode(words.baseAddress, words.count, scale.divisor)
    }

    /// The values as integers over the scale's divisor.
    public static func scaled(encoding values: [Double], scale: FloatScale, profile: EncodingProfile) -> FloatNode {
        scaled(encoding: values, scale: scale, profile: profile, memory: nil)
    }

    static func scaled(
        encoding values: [Double], scale: FloatScale, profile: EncodingProfile, memory: ChoiceMemory?
    ) -> FloatNode {
        guard !values.isEmpty else { return .bits(.constant(0)) }
        var misfits: [UInt32] = []
        let digits = unsafe [UInt64](unsafeUninitializedCapacity: values.count) { digits, digitCount in
            misfits = unsafe [UInt32](unsafeUninitializedCapacity: values.count) { misfits, misfitCount in
                misfitCount = unsafe traversion_scaled_encode(
                    values, values.count, scale.divisor, digits.baseAddress, misfits.baseAddress)
            }
            digitCount = values.count
        }
        return .scaled(
            scale: scale, digits: IntegerNode.encoding(digits, profile: profile, memory: memory?[.digits]),
            exceptions: FloatExceptions(
                encoding: misfits, values: misfits.map { values[Int($0)].bitPattern }, profile: profile,
                memory: memory?[.exceptions]))
    }
}

extension FloatExceptions {
    init(
        encoding positions: [UInt32], values: [UInt64], profile: EncodingProfile, memory: ChoiceMemory? = nil
    ) {
        guard !positions.isEmpty else {
            self = .none
            return
        }
        self.init(
            count: positions.count,
            positions: IntegerNode.positions(encoding: positions.map { UInt64($0) }, profile: profile, levels: 1),
            // Some odd values repeat; more than that is not to be found in them.
            values: IntegerNode.encoding(values, profile: profile, levels: 1, memory: memory))
    }
}

extension FloatScale {
    /// The scale with the fewest bits for the sample, and those bits; nil when none gives any value back.
    static func best(for sample: [Double]) -> (scale: FloatScale, bitCount: Int, misfitCount: Int)? {
        var best: (scale: FloatScale, bitCount: Int, misfitCount: Int)?
        func consider(_ scale: FloatScale) {
            let fit = unsafe traversion_scaled_fit(sample, sample.count, scale.divisor)
            guard fit.low <= fit.high else { return }
            let width = UInt64.bitWidth - UInt64(bitPattern: fit.high &- fit.low).leadingZeroBitCount
            let bitCount = (sample.count - fit.misfits) * width + fit.misfits * exceptionBitCount
            if bitCount < best?.bitCount ?? .max { best = (scale, bitCount, fit.misfits) }
        }
        for exponent in 0...Base.ten.maximumExponent { consider(FloatScale(base: .ten, exponent: exponent)) }
        if best?.misfitCount == 0 { return best }
        for exponent in binaryExponents(of: sample) { consider(FloatScale(base: .two, exponent: exponent)) }
        return best
    }

    /// What an exception costs: its bits, its position and its place among the digits.
    private static let exceptionBitCount = 80

    /// The powers of two that turn all, and that turn nearly all, of the values into integers.
    private static func binaryExponents(of sample: [Double]) -> [Int] {
        let needed = sample.filter { $0.isFinite && $0 != 0 }.map { max(0, $0.significandWidth - Int($0.exponent)) }
            .sorted()
        guard let last = needed.last else { return [] }
        var exponents = [last]
        let nearlyAll = needed[(needed.count - 1) * 19 / 20]
        if nearlyAll != last { exponents.append(nearlyAll) }
        return exponents.filter { $0 <= Base.two.maximumExponent }
    }
}
