/// Combinations of values, as numbers: a group is the group without its last value, and that value.
struct GroupTree {
    private var children = WordNumbers()
    private var links: [(parent: Int, value: Int)] = []

    var count: Int { links.count }

    /// The group of everything.
    static let root = -1

    /// The group in which one more value is this; −1 is the lack of a value.
    mutating func child(of parent: Int, value: Int) -> Int {
        let key = UInt64(UInt32(truncatingIfNeeded: parent)) << 32 | UInt64(UInt32(truncatingIfNeeded: value))
        if let known = children[key] { return known }
        children.insert(links.count, for: key)
        links.append((parent, value))
        return links.count - 1
    }

    /// The value of a group so many levels above its last.
    func value(of group: Int, above levelCount: Int) -> Int {
        var group = group
        for _ in 0..<levelCount { group = links[group].parent }
        return links[group].value
    }

    /// The values of a group, the first first.
    func values(of group: Int) -> [Int] {
        var values: [Int] = []
        var group = group
        while group != Self.root {
            values.append(links[group].value)
            group = links[group].parent
        }
        return values.reversed()
    }
}
