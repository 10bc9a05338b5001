import Bytes
import Testing

@testable import Segments

@Suite("About when rows happened")
struct TimeStretchesTests {
    @Test(
        "a row's time is between those that are told of it, and these are near each other",
        arguments: [1, 1 << 12, 1 << 30, UInt64.max])
    func bounds(span: UInt64) {
        var random = SplitMix64(seed: span)
        let times = (0..<700).map { _ in random.next() % span &+ 77 }
        let found = TimeStretches(times)
        #expect(found.stretches.count == 3)
        for (row, time) in times.enumerated() {
            let stretch = found.stretches[row / TimeStretches.rowCount]
            let told = found.times(ofRow: row, in: stretch)
            #expect(told.contains(Int64(bitPattern: time)) && stretch.times.contains(told))
            #expect(UInt64(bitPattern: told.upperBound &- told.lowerBound) <= span >> 16)
        }
    }

    @Test("rows of stretches are counted, and told one by one")
    func rows() {
        var random = SplitMix64(seed: 9)
        var rows = Bitmap(count: 600)
        for _ in 0..<150 { rows[Int(random.next() % 600)] = true }
        var all: [Int] = []
        for number in 0..<3 {
            let before = all.count
            rows.forEachRow(ofStretch: number) { all.append($0) }
            #expect(all.count - before == rows.setCount(ofStretch: number))
            #expect(all[before...].allSatisfy { $0 / TimeStretches.rowCount == number })
        }
        #expect(all == rows.positions.map { Int($0) })
    }
}
