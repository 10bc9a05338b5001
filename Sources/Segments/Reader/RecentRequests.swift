/// What was asked for lately and was not there: within the last so many bytes that were asked for, or half as many.
struct RecentRequests<Key: Hashable> {
    var byteLimit = 0
    private var newer: Set<Key> = []
    private var older: Set<Key> = []
    /// Asked for since `newer` was empty.
    private var byteCount = 0

    /// Something was asked for, and was there.
    mutating func pass(_ byteCount: Int) {
        self.byteCount += byteCount
        guard self.byteCount >= byteLimit / 2 else { return }
        (older, newer, self.byteCount) = (newer, [], 0)
    }

    /// Something was asked for: whether it was not there lately, either.
    mutating func note(_ key: Key, _ byteCount: Int) -> Bool {
        let wasAskedFor = newer.contains(key) || older.contains(key)
        pass(byteCount)
        newer.insert(key)
        return wasAskedFor
    }
}
