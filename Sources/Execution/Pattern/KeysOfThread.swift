/// The keys of what one thread has found, and which they are among those of the search.
final class KeysOfThread: @unchecked Sendable {
    // Touched by its thread while that works, and by the search when no thread does.
    var keys: PatternKeys
    private var numbers: [Int32] = []

    init(_ keys: PatternKeys) { self.keys = keys }

    /// The number that a key has in the search.
    func number(of key: Int32, in all: inout PatternKeys) -> Int32 {
        while numbers.count <= Int(key) { numbers.append(-1) }
        if numbers[Int(key)] < 0 { numbers[Int(key)] = all.key(of: key, in: keys) }
        return numbers[Int(key)]
    }
}
