import Columns
import Segments

/// Which zones statistics cannot rule out. Only what is proven to fail is left out.
extension EncodedTest {
    func mayPass(_ statistics: ColumnStatistics.ZoneStatistics) -> Bool {
        switch self {
        case .none: false
        case .all: true
        case .either(let tests): tests.contains { $0.mayPass(statistics) }
        case .column(let test): test.mayPass(statistics.bounds)
        }
    }
}

extension ColumnTest {
    fileprivate func mayPass(_ bounds: ColumnStatistics.Bounds) -> Bool {
        switch (self, bounds) {
        case (.integers(let predicate), .signed(let range)): predicate.mayHold(in: range)
        case (.doubles(let wanted), .double(let range, _)): range?.overlaps(wanted) ?? false
        case (.strings(let predicate), .text(let minimum, let maximum)): predicate.mayHold(from: minimum, to: maximum)
        default: true
        }
    }
}

extension IntegerPredicate {
    fileprivate func mayHold(in range: ClosedRange<Int64>) -> Bool {
        switch self {
        case .equal(let value): range.contains(Int64(bitPattern: value))
        case .range(let low, let high, isSigned: true):
            Int64(bitPattern: low) <= range.upperBound && Int64(bitPattern: high) >= range.lowerBound
        case .range: true
        case .set(let values): values.contains { range.contains(Int64(bitPattern: $0)) }
        }
    }
}

extension StringPredicate {
    /// Every value is at least `minimum`, and at most `maximum` or begins with it.
    fileprivate func mayHold(from minimum: [UInt8], to maximum: [UInt8]) -> Bool {
        func isWithin(_ text: [UInt8]) -> Bool {
            ColumnStatistics.Bounds.mayHold(text, from: minimum, to: maximum)
        }
        return switch self {
        case .equal(let wanted): isWithin(wanted)
        case .anyOf(let wanted): wanted.contains(where: isWithin)
        case .prefix(let prefix):
            (!maximum.lexicographicallyPrecedes(prefix) || prefix.starts(with: maximum))
                && (!prefix.lexicographicallyPrecedes(minimum) || minimum.starts(with: prefix))
        case .contains: true
        }
    }
}
