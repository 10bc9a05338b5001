/// Classes of slots by kind and by the word before them, on their way to streams.
struct SlotClasses {
    private struct Key: Hashable {
        var kind: SlotKind
        var label: [UInt8]
    }

    /// A class is split off its kind only when it has at least this part of all values' weight.
    private static let splitMinimum = 1.0 / 64
    /// Kinds with less share one group.
    private static let kindMinimum = 1.0 / 512

    private var classByKey: [Key: Int] = [:]
    private var kindNumbers: [SlotKind: Int] = [:]
    /// The number of each class's kind, and its weight.
    private var kinds: [Int] = []
    private var weights: [Double] = []
    private var maySplit: [Bool] = []

    /// `maySplit` tells whether the values may gain by a stream of their own.
    mutating func enter(kind: SlotKind, label: ArraySlice<UInt8>, weight: Double, maySplit: Bool) -> Int {
        let key = Key(kind: kind, label: Array(label))
        if let known = classByKey[key] {
            weights[known] += weight
            self.maySplit[known] = self.maySplit[known] || maySplit
            return known
        }
        let next = kinds.count
        classByKey[key] = next
        let kindNumber = kindNumbers[kind] ?? kindNumbers.count
        kindNumbers[kind] = kindNumber
        self.maySplit.append(maySplit)
        kinds.append(kindNumber)
        weights.append(weight)
        return next
    }

    /// The stream of each class, at most `limit` streams in order of first use.
    func streams(limit: Int) -> [Int] {
        // Groups of classes: first one for each kind, then the heaviest classes alone.
        var groups = kinds
        joinLightKinds(&groups, limit: limit)
        splitHeavyClasses(&groups, limit: limit)
        var numbers: [Int: Int] = [:]
        return groups.map { group in
            let number = numbers[group] ?? numbers.count
            numbers[group] = number
            return number
        }
    }

    /// The lightest kinds share one group, so that there are not too many.
    private func joinLightKinds(_ groups: inout [Int], limit: Int) {
        var kindWeights = [Double](repeating: 0, count: kindNumbers.count)
        for (kind, weight) in zip(kinds, weights) { kindWeights[kind] += weight }
        let byWeight = kindWeights.indices.sorted { (kindWeights[$1], $0) < (kindWeights[$0], $1) }
        let minimum = weights.reduce(0, +) * Self.kindMinimum
        let heavyCount = min(limit - 1, byWeight.count { kindWeights[$0] >= minimum })
        guard heavyCount < byWeight.count else { return }
        let joined = byWeight[heavyCount]
        let light = Set(byWeight[heavyCount...])
        for index in groups.indices where light.contains(groups[index]) { groups[index] = joined }
    }

    /// Gives the heaviest classes groups of their own as long as the limit allows.
    private func splitHeavyClasses(_ groups: inout [Int], limit: Int) {
        var memberCounts: [Int: Int] = [:]
        for group in groups { memberCounts[group, default: 0] += 1 }
        let total = weights.reduce(0, +)
        var groupCount = memberCounts.count
        for index in weights.indices.sorted(by: { (weights[$1], $0) < (weights[$0], $1) }) {
            guard groupCount < limit, weights[index] >= total * Self.splitMinimum else { return }
            guard maySplit[index], memberCounts[groups[index], default: 0] > 1 else { continue }
            memberCounts[groups[index], default: 0] -= 1
            groups[index] = kindNumbers.count + index
            groupCount += 1
        }
    }
}
