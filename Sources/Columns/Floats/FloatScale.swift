/// The common divisor of a run of doubles: a power of ten for decimals, of two for differences of times and for values
/// that once were 32-bit floats.
public struct FloatScale: Equatable, Sendable {
    public enum Base: UInt8, Sendable {
        case two = 2
        case ten = 10

        /// Powers up to this are doubles without rounding.
        public var maximumExponent: Int { self == .ten ? 22 : 255 }
    }

    public var base: Base
    public var exponent: Int

    public init(base: Base, exponent: Int) {
        self.base = base
        self.exponent = exponent
    }

    /// base ^ exponent, exactly.
    public var divisor: Double {
        switch base {
        case .two: Double(sign: .plus, exponent: exponent, significand: 1)
        // Every product on the way is a power of ten that a double holds exactly.
        case .ten: (0..<exponent).reduce(1.0) { power, _ in power * 10 }
        }
    }
}
