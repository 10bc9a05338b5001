/// Times that something may happen at: spans that have gaps between them, in order.
struct TimeSpans: Equatable {
    private(set) var spans: [ClosedRange<Int64>] = []

    /// Of spans in any order, which may overlap.
    init(_ spans: [ClosedRange<Int64>]) {
        for span in spans.sorted(by: { $0.lowerBound < $1.lowerBound }) {
            if let last = self.spans.last, span.lowerBound <= last.upperBound {
                self.spans[self.spans.count - 1] = last.lowerBound...max(last.upperBound, span.upperBound)
            } else {
                self.spans.append(span)
            }
        }
    }

    init(union parts: [TimeSpans]) { self = parts.count == 1 ? parts[0] : TimeSpans(parts.flatMap(\.spans)) }

    func overlaps(_ span: ClosedRange<Int64>) -> Bool {
        var (first, end) = (0, spans.count)
        while first < end {
            let middle = (first + end) / 2
            if spans[middle].upperBound < span.lowerBound { first = middle + 1 } else { end = middle }
        }
        return first < spans.count && spans[first].lowerBound <= span.upperBound
    }

    func intersection(_ other: TimeSpans) -> TimeSpans {
        var common: [ClosedRange<Int64>] = []
        var (place, otherPlace) = (0, 0)
        while place < spans.count, otherPlace < other.spans.count {
            let (span, otherSpan) = (spans[place], other.spans[otherPlace])
            if span.overlaps(otherSpan) { common.append(span.clamped(to: otherSpan)) }
            if span.upperBound < otherSpan.upperBound { place += 1 } else { otherPlace += 1 }
        }
        return TimeSpans(common)
    }

    /// The times that are at least and at most so long after one of these.
    func after(least: Int64, most: Int64) -> TimeSpans {
        moved {
            WaitingRuns.later($0, by: least)
        } last: {
            WaitingRuns.later($0, by: most)
        }
    }

    /// The times that one of these is at least and at most so long after.
    func before(least: Int64, most: Int64) -> TimeSpans {
        moved {
            WaitingRuns.earlier($0, by: most)
        } last: {
            WaitingRuns.earlier($0, by: least)
        }
    }

    private func moved(first: (Int64) -> Int64, last: (Int64) -> Int64) -> TimeSpans {
        TimeSpans(
            spans.compactMap { span in
                let (first, last) = (first(span.lowerBound), last(span.upperBound))
                return first <= last ? first...last : nil
            })
    }
}
