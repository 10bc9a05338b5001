/// Numbers the sets of columns that rows have.
public struct ShapeRegistry: Sendable {
    /// The columns of each shape, strictly ascending.
    public private(set) var shapes: [[UInt32]] = []
    private var shapeNumbers: [[UInt32]: UInt32] = [:]

    public init() {}

    /// The number of a set of columns, listed in any order, none twice.
    mutating func number(of ordinals: [UInt32]) -> UInt32 {
        let sorted = ordinals.sorted()
        if let number = shapeNumbers[sorted] { return number }
        let number = UInt32(shapes.count)
        shapes.append(sorted)
        shapeNumbers[sorted] = number
        return number
    }

    public mutating func removeAll() { self = ShapeRegistry() }
}
