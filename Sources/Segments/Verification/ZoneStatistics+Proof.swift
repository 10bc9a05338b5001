import Columns

extension ColumnStatistics {
    /// What is known of a zone; nil when the column has no value there.
    func entry(ofZone zone: Int) -> ZoneStatistics? {
        var (low, high) = (0, zones.count)
        while low < high {
            let middle = (low + high) / 2
            if zones[middle].zone < zone { low = middle + 1 } else { high = middle }
        }
        return low < zones.count && zones[low].zone == zone ? zones[low] : nil
    }
}

extension ColumnStatistics.ZoneStatistics {
    /// Whether all these values, which are those of the zone, lie within what the statistics say.
    func admits(_ values: ColumnVector) -> Bool {
        guard values.count == valueCount else { return false }
        switch (bounds, values) {
        case (.none, _): return true
        case (.signed(let range), .integers(let words)), (.signed(let range), .timestamps(let words, _)):
            return words.allSatisfy { range.contains(Int64(bitPattern: $0)) }
        case (.unsigned(let range), .integers(let words)): return words.allSatisfy { range.contains($0) }
        case (.double(let range, let nanCount), .doubles(let numbers)):
            var found = 0
            for number in numbers {
                if number.isNaN { found += 1 } else if range?.contains(number) != true { return false }
            }
            return found == nanCount
        case (.text(let minimum, let maximum), .strings(let strings)):
            return strings.lieBetween(minimum, maximum, (0..<strings.count))
        case (.text(let minimum, let maximum), .codedStrings(let dictionary, let codes)):
            return dictionary.lieBetween(minimum, maximum, Set(codes).map { Int($0) })
        default: return false
        }
    }
}

extension StringVector {
    fileprivate func lieBetween(_ minimum: [UInt8], _ maximum: [UInt8], _ indexes: some Sequence<Int>) -> Bool {
        indexes.allSatisfy { index in
            let text = self[index]
            return !text.lexicographicallyPrecedes(minimum)
                && (!maximum.lexicographicallyPrecedes(text) || text.starts(with: maximum))
        }
    }
}
