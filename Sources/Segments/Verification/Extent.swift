/// The least and the greatest of some values.
struct Extent<Value: Comparable> {
    private(set) var minimum: Value?
    private(set) var maximum: Value?

    mutating func add(_ values: some Sequence<Value>) {
        for value in values {
            minimum = minimum.map { min($0, value) } ?? value
            maximum = maximum.map { max($0, value) } ?? value
        }
    }
}
