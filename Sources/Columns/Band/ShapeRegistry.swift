/// Numbers the sets of columns that rows have.
///
/// Rows list their columns in the order in which they came; few orders occur, so each is looked at closely only once.
public struct ShapeRegistry: Sendable {
    /// What is known of rows that list their columns in a certain order.
    public struct Arrangement: Sendable {
        var ordinals: [UInt32]
        /// The shape, or nil when the row names a path twice and must be put right first.
        public var shape: UInt32?
    }

    /// The columns of each shape, strictly ascending.
    public private(set) var shapes: [[UInt32]] = []
    private var shapeNumbers: [[UInt32]: UInt32] = [:]
    private var arrangements: [UInt64: [Arrangement]] = [:]

    public init() {}

    public func arrangement(of ordinals: [UInt32], hash: UInt64) -> Arrangement? {
        arrangements[hash]?.first { $0.ordinals == ordinals }
    }

    /// Enters an arrangement; `isValid` is false when a path is named twice.
    public mutating func enter(_ ordinals: [UInt32], hash: UInt64, isValid: Bool) -> Arrangement {
        var shape: UInt32?
        if isValid { shape = number(of: ordinals.sorted()) }
        let arrangement = Arrangement(ordinals: ordinals, shape: shape)
        arrangements[hash, default: []].append(arrangement)
        return arrangement
    }

    private mutating func number(of sorted: [UInt32]) -> UInt32 {
        if let number = shapeNumbers[sorted] { return number }
        let number = UInt32(shapes.count)
        shapes.append(sorted)
        shapeNumbers[sorted] = number
        return number
    }

    public mutating func removeAll() { self = ShapeRegistry() }
}
