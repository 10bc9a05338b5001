internal import Bytes

extension IntegerChooser {
    /// A transformation and what it would cost.
    struct Choice {
        var kind: Transformation
        var cost: Double
    }

    /// The transformations that may gain something, the best first.
    func transformations(than leaf: Leaf) -> [Choice] {
        guard levels > 0 else { return [] }
        var choices = [runs()]
        choices.append(contentsOf: smooth(than: leaf))
        if let choice = dictionary() { choices.append(choice) }
        if let choice = recency() { choices.append(choice) }
        choices.append(contentsOf: divisions())
        return choices.sorted { $0.cost < $1.cost }
    }

    func build(_ kind: Transformation) -> IntegerNode? {
        kind.node(values, profile: profile, levels: levels, memory: memory)
    }

    /// Differences, their differences and a straight line: for columns whose values are near to their neighbours.
    private func smooth(than plain: Leaf) -> [Choice] {
        let count = values.count
        let differences = sample.map(before: 1) { values[$0] &- values[$0 - 1] }
        let header = Double(1 + zigzagByteCount(values[0]))
        let child = leaf(
            differences, of: count - 1, low: statistics.differenceLow, range: statistics.differenceRange,
            isEstimate: true)
        var cost = header + child.cost + price(0.25, count)
        // Where one difference gains nothing, neither will two or a line.
        guard cost < plain.cost || child.bits.byteCount < plain.bits.byteCount else { return [] }
        if levels > 1, count > 3 {
            let second = sample.map(before: 2) { values[$0] &- values[$0 - 1] &- values[$0 - 1] &+ values[$0 - 2] }
            cost = min(cost, 2 * header + leaf(sample: second, of: count - 2).cost + price(0.5, count))
        }
        return [Choice(kind: .delta, cost: cost)] + (trend().map { [$0] } ?? [])
    }

    private func runs() -> Choice {
        let count = statistics.runCount
        let lengthWidth = (Double(values.count) / Double(count)).binaryLogarithm + 1.5
        let valueBytes = bestLeafShare * Double(count)
        let cost = 16 + valueBytes + lengthWidth * Double(count) / 8 + price(0.15, values.count) + price(2, count)
        return Choice(kind: .runs, cost: cost)
    }

    /// The bytes of one value as part of a leaf.
    private var bestLeafShare: Double { Double(statistics.width) / 8 }

    private func trend() -> Choice? {
        let count = values.count
        let step = Int64(bitPattern: values[count - 1] &- values[0]) / Int64(count - 1)
        guard count >= 16, step != 0 else { return nil }
        let residuals = IntegerStatistics(sample.map { values[$0] &- UInt64(bitPattern: step) &* UInt64($0) })
        // The ends are as far off the line as other values: the step is known only so well, and likely a round number.
        let tolerance = Int64(clamping: residuals.range / UInt64(count) + 1)
        return [step, Self.roundest(near: step, within: tolerance)].map { step in
            let step = UInt64(bitPattern: step)
            let residuals = sample.map { values[$0] &- step &* UInt64($0) }
            let cost = Double(1 + zigzagByteCount(step)) + leaf(sample: residuals, of: count).cost + price(0.2, count)
            return Choice(kind: .trend(step: step), cost: cost)
        }
        .min { $0.cost < $1.cost }
    }

    /// The multiple of the highest power of ten that is near enough.
    private static func roundest(near value: Int64, within tolerance: Int64) -> Int64 {
        var power: Int64 = 1_000_000_000_000_000
        while power > 1 {
            let rest = value % power
            let rounded = abs(rest) * 2 < power ? value - rest : value - rest + (rest < 0 ? -power : power)
            if rounded != 0, abs(rounded - value) <= tolerance { return rounded }
            power /= 10
        }
        return value
    }

    private func dictionary() -> Choice? {
        guard statistics.width > 1, !isCoded else { return nil }
        let count = values.count
        let entryCount = sampleDistinct.estimatedCount(of: count)
        guard entryCount <= count / (profile.tier == .hot ? 8 : 3) else { return nil }
        var codeBytes = Double((64 - (entryCount - 1).leadingZeroBitCount) * count) / 8
        // Up to 256 codes are one plane, which Zstd brings close to the entropy.
        if profile.tier != .hot, entryCount <= 256 {
            codeBytes = min(codeBytes, (sampleDistinct.entropy * 1.02 + 0.1) * Double(count) / 8)
        }
        let gap = (Double(statistics.range) / Double(entryCount) + 1).binaryLogarithm + 1.5
        let entryBytes = min(gap, Double(statistics.width)) * Double(entryCount) / 8
        return Choice(
            kind: .dictionary(limit: max(16, min(count / 2, entryCount * 2))),
            cost: 16 + codeBytes + entryBytes + price(0.45, count))
    }

    /// For codes that were given in order of first appearance.
    private func recency() -> Choice? {
        guard values.count >= 64, statistics.width > 2, statistics.low < 1 << 32,
            statistics.low &+ statistics.range < 1 << 32
        else { return nil }
        // The end of the column shows soon that there are no new codes.
        let end = Array(values.suffix(4096))
        let newCodeCount = (end.max() ?? 0) - IntegerNode.recencyStart(of: end)
        guard newCodeCount >= UInt64(end.count / 256) else { return nil }
        let (start, distances) = IntegerNode.recencyDistances(of: values)
        guard Int(statistics.low &+ statistics.range &- start) >= values.count / 256 else { return nil }
        let found = sample.map { distances[$0] }
        return Choice(kind: .recency, cost: 6 + leaf(sample: found, of: values.count).cost + price(0.7, values.count))
    }

    /// Quotients, when all values stand at multiples of a number above the lowest: whatever else may be done works as
    /// well on quotients, and they are narrower.
    func dividedExactly() -> IntegerNode? {
        guard levels > 0, let divisor = commonDivisor() else { return nil }
        return .split(
            encoding: values, base: statistics.low, commonDivisor: divisor, profile: profile, levels: levels)
    }

    /// A divisor of all distances in the sample.
    private func commonDivisor() -> UInt64? {
        guard statistics.width > 1 else { return nil }
        var divisor: UInt64 = 0
        for value in sampleValues {
            var rest = value &- statistics.low
            while rest != 0 { (divisor, rest) = (rest, divisor % rest) }
            if divisor == 1 { return nil }
        }
        // What it saves must be more than the node's own bytes.
        return divisor > 1 && Double(values.count) * Double(divisor).binaryLogarithm > 100 ? divisor : nil
    }

    /// Units of time in which most values are whole.
    private func divisions() -> [Choice] {
        guard values.count >= 16, statistics.width > 16 else { return [] }
        return ([1000, 1_000_000, 1_000_000_000] as [Int64]).compactMap { divisor in
            guard statistics.range > UInt64(divisor) else { return nil }
            let step = max(1, sampleValues.count / 64)
            let some = stride(from: 0, to: sampleValues.count, by: step)
            let wholeCount = some.count { Int64(bitPattern: sampleValues[$0]) % divisor == 0 }
            guard wholeCount * 2 * step > sampleValues.count else { return nil }
            let (quotients, remainders) = IntegerNode.divide(sampleValues, by: divisor)
            let remainderLeaf = leaf(
                remainders, of: values.count, low: 0, range: UInt64(divisor - 1),
                mode: (0, Double(remainders.count { $0 == 0 }) / Double(remainders.count)), isEstimate: true)
            var quotientCost = leaf(sample: quotients, of: values.count).cost
            let differences = sample.map(before: 1) {
                UInt64(bitPattern: floored(values[$0], divisor) &- floored(values[$0 - 1], divisor))
            }
            quotientCost = min(
                quotientCost, leaf(sample: differences, of: values.count).cost + price(0.25, values.count))
            return Choice(
                kind: .division(divisor), cost: 4 + quotientCost + remainderLeaf.cost + price(0.3, values.count))
        }
    }

    private func floored(_ value: UInt64, _ divisor: Int64) -> Int64 {
        let (quotient, remainder) = Int64(bitPattern: value).quotientAndRemainder(dividingBy: divisor)
        return remainder < 0 ? quotient - 1 : quotient
    }
}
