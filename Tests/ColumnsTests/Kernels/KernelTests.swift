import Bytes
import CKernels
import Testing

/// Every kernel in every instruction set that this machine has, against plain loops.
@Suite(.serialized) struct KernelTests {
    static let levels: [Int32] = {
        let highest = traversion_kernel_level()
        return Array(0...highest)
    }()

    private func withLevel(_ level: Int32, _ body: () throws -> Void) rethrows {
        #expect(traversion_set_kernel_level(level) == level)
        defer { traversion_set_kernel_level(2) }
        try body()
    }

    @Test(arguments: [1, 63, 1024, 2060])
    func packedLayoutIsThatOfTheModel(count: Int) {
        for width in count < 1000 ? Array(1...64) : [1, 2, 3, 7, 8, 15, 16, 17, 31, 32, 33, 47, 63, 64] {
            let values = IntegerSamples.uniform(count, width: width, seed: UInt64(width * count))
            let expected = PackedModel.pack(values, width: width)
            let base: UInt64 = width % 3 == 0 ? .max - 5 : 77
            let raised = values.map { $0 &+ base }
            for level in Self.levels {
                withLevel(level) {
                    var packed = [UInt8](repeating: 0xEE, count: expected.count + 1)
                    traversion_pack(raised, count, UInt32(width), base, &packed)
                    #expect(packed == expected + [0xEE])
                    var unpacked = [UInt64](repeating: 1, count: count + 1)
                    traversion_unpack(expected, count, UInt32(width), base, &unpacked)
                    #expect(unpacked == raised + [1])
                    guard width <= 32 else { return }
                    var narrow = [UInt32](repeating: 1, count: count + 1)
                    traversion_unpack32(expected, count, UInt32(width), 9, &narrow)
                    #expect(narrow == values.map { UInt32($0) &+ 9 } + [1])
                }
            }
        }
    }

    @Test("single values of packed ones are those of all", arguments: [1, 63, 1024, 2060])
    func places(count: Int) {
        for width in 1...64 {
            let values = IntegerSamples.uniform(count, width: width, seed: UInt64(width * count))
            let packed = PackedModel.pack(values, width: width)
            var generator = SplitMix64(seed: UInt64(width))
            let more = (0..<20).map { _ in UInt32.random(in: 0..<UInt32(count), using: &generator) }
            // Of places in a row whole blocks are unpacked.
            let dense = Array(UInt32(count / 3)..<UInt32(count))
            let places = [0, UInt32(count - 1)] + more + dense + dense.reversed() + more
            var found = [UInt64](repeating: 1, count: places.count)
            #expect(
                traversion_unpack_at(packed, packed.count, count, UInt32(width), 5, places, places.count, &found))
            #expect(found == places.map { values[Int($0)] &+ 5 })
            #expect(!traversion_unpack_at(packed, packed.count, count, UInt32(width), 5, [UInt32(count)], 1, &found))
        }
    }

    @Test(arguments: levels, [1, 15, 64, 1023, 1024, 3000])
    func sumsAndEntriesAreThoseOfPlainLoops(level: Int32, count: Int) {
        withLevel(level) {
            for width in [1, 3, 8, 13, 31, 32, 40, 64] {
                let values = IntegerSamples.uniform(count, width: width, seed: UInt64(width))
                let packed = PackedModel.pack(values, width: width)
                var sums: [UInt64] = [.max]
                for value in values { sums.append(sums.last! &+ value &+ 5) }
                var found = [UInt64](repeating: 0, count: count + 1)
                traversion_unpack_sums(packed, count, UInt32(width), 5, .max, &found)
                #expect(found == sums)
                found = values.map { $0 &+ 5 }
                traversion_sums(&found, count, .max)
                #expect(found == Array(sums.dropFirst()))
                for factor in [1, 2, 1 << 40, 1000, .max] as [UInt64] {
                    let start = IntegerSamples.mixed(count, seed: 11)
                    let products = zip(start, values).map { $0 &* factor &+ $1 &+ 3 }
                    found = start
                    traversion_scale_unpack(packed, count, UInt32(width), 3, factor, &found)
                    #expect(found == products)
                    found = start
                    traversion_scale(&found, count, factor, 77)
                    #expect(found == start.map { $0 &* factor &+ 77 })
                }
                var differences = [UInt64](repeating: 0, count: count)
                traversion_differences(sums, count + 1, &differences)
                #expect(differences == values.map { $0 &+ 5 })
                guard width <= 13 else { continue }
                let entries = IntegerSamples.mixed(1 << width + 2, seed: 3)
                found = [UInt64](repeating: 0, count: count)
                #expect(traversion_unpack_entries(packed, count, UInt32(width), 2, entries, entries.count, &found))
                #expect(found == values.map { entries[Int($0) + 2] })
                let highest = Int(values.max()!)
                #expect(!traversion_unpack_entries(packed, count, UInt32(width), 2, entries, highest + 2, &found))
                found = values
                #expect(!traversion_entries(&found, count, entries, highest))
                #expect(traversion_entries(&found, count, entries, highest + 1))
                #expect(found == values.map { entries[Int($0)] })
            }
        }
    }

    @Test(arguments: levels, [0, 1, 64, 100, 1025])
    func arcsMatchWhatPlainComparisonsMatch(level: Int32, count: Int) {
        withLevel(level) {
            for width in [1, 2, 5, 8, 16, 27, 32, 33, 48, 63, 64] {
                let mask = UInt64.max >> UInt64(64 - width)
                let values = IntegerSamples.uniform(count, width: width, seed: UInt64(width))
                let packed = PackedModel.pack(values, width: width)
                for arcCount in 1...8 {
                    var generator = SplitMix64(seed: UInt64(arcCount))
                    let starts = (0..<arcCount).map { index in
                        index == 1 ? mask : (values.randomElement(using: &generator) ?? 0)
                    }
                    let spans = (0..<arcCount).map { index in
                        index % 3 == 2 ? 0 : generator.next() >> UInt64.random(in: 0...63, using: &generator) & mask
                    }
                    var bitmap = [UInt64](repeating: .max, count: (count + 63) / 64 + 1)
                    traversion_match_packed(packed, count, UInt32(width), starts, spans, arcCount, &bitmap)
                    #expect(bitmap.removeLast() == .max)
                    #expect(
                        bitmap
                            == bits(values) { value in
                                (0..<arcCount).contains { (value &- starts[$0]) & mask <= spans[$0] }
                            })
                    bitmap = [UInt64](repeating: .max, count: (count + 63) / 64 + 1)
                    traversion_match_values(values, count, starts, spans, arcCount, &bitmap)
                    #expect(bitmap.removeLast() == .max)
                    #expect(
                        bitmap
                            == bits(values) { value in
                                (0..<arcCount).contains { value &- starts[$0] <= spans[$0] }
                            })
                }
                guard width <= 16 else { continue }
                let table = IntegerSamples.uniform((1 << width + 8) / 64 + 1, width: 64, seed: 9)
                var bitmap = [UInt64](repeating: .max, count: (count + 63) / 64 + 1)
                #expect(traversion_match_table(packed, count, UInt32(width), 7, table, 1 << width + 8, &bitmap))
                #expect(bitmap.removeLast() == .max)
                #expect(bitmap == bits(values) { table[Int($0 + 7) / 64] >> UInt64(($0 + 7) % 64) & 1 == 1 })
                if let highest = values.max() {
                    #expect(!traversion_match_table(packed, count, UInt32(width), 7, table, Int(highest) + 7, &bitmap))
                }
            }
        }
    }

    /// `expected` has for each place the number of its run, plus one.
    private func expectRunsAreFoundAtPlaces(_ lengths: [UInt64], _ expected: [UInt64]) {
        var places = (0..<UInt32(expected.count)).filter { $0 % 7 < 2 }
        places += [UInt32(expected.count) - 1, 0]
        var ends = [UInt64](repeating: 0, count: lengths.count / Int(TRAVERSION_RUN_BLOCK) + 1)
        var runs = [UInt32](repeating: 0, count: places.count)
        func find(_ lengths: [UInt64], _ places: [UInt32]) -> Bool {
            traversion_runs_at(lengths, lengths.count, expected.count, places, places.count, &ends, &runs)
        }
        #expect(find(lengths, places))
        #expect(runs == places.map { UInt32(expected[Int($0)]) - 1 })
        #expect(!find(lengths, [UInt32(expected.count)]))
        #expect(!find(lengths.dropLast(), places))
        for wrong in [0, .max, lengths[1] + 1, 1 << 63] as [UInt64] {
            var damaged = lengths
            damaged[1] = wrong
            #expect(!find(damaged, places))
        }
    }

    @Test(arguments: levels)
    func runsExpandAndAreFound(level: Int32) {
        withLevel(level) {
            for averageLength in [1, 3, 20, 500] {
                var generator = SplitMix64(seed: UInt64(averageLength))
                var lengths: [UInt64] = []
                var expected: [UInt64] = []
                while expected.count < 5000 {
                    lengths.append(.random(in: 1...UInt64(2 * averageLength - 1), using: &generator))
                    expected += Array(repeating: UInt64(lengths.count), count: Int(lengths.last!))
                }
                let values = lengths.indices.map { UInt64($0 + 1) }
                var found = [UInt64](repeating: 0, count: expected.count + 1)
                #expect(traversion_expand_runs(values, lengths, lengths.count, &found, expected.count))
                #expect(found == expected + [0])
                var runValues = values
                var runLengths = lengths
                #expect(traversion_find_runs(expected, expected.count, &runValues, &runLengths) == lengths.count)
                #expect(runValues == values && runLengths == lengths)
                for wrong in [0, .max, lengths[1] + 1, 1 << 63] as [UInt64] {
                    var damaged = lengths
                    damaged[1] = wrong
                    #expect(!traversion_expand_runs(values, damaged, lengths.count, &found, expected.count))
                }
                #expect(!traversion_expand_runs(values, lengths, lengths.count - 1, &found, expected.count))
                #expect(found.last == 0)
                expectRunsAreFoundAtPlaces(lengths, expected)
            }
        }
    }

    @Test(arguments: levels)
    func planesMergeAndSplit(level: Int32) {
        withLevel(level) {
            for count in [1, 7, 8, 100, 1025] {
                for planeCount in 1...8 {
                    let values = IntegerSamples.uniform(count, width: 8 * planeCount, seed: 3).map { $0 &- 5 }
                    let planes = (0..<planeCount).map { plane in
                        values.map { UInt8(truncatingIfNeeded: ($0 &+ 5) >> UInt64(8 * plane)) }
                    }
                    var storage = [UInt8](repeating: 0, count: count * planeCount)
                    var found = [UInt64](repeating: 0, count: count)
                    storage.withUnsafeMutableBufferPointer { storage in
                        let pointers = (0..<planeCount).map { Optional(storage.baseAddress! + $0 * count) }
                        traversion_split_planes(values, count, 0 &- 5, pointers, UInt32(planeCount))
                        #expect(Array(storage) == planes.flatMap(\.self))
                        traversion_merge_planes(
                            pointers.map { UnsafePointer($0) }, UInt32(planeCount), count, 0 &- 5, &found)
                    }
                    #expect(found == values)
                }
            }
        }
    }

    @Test(arguments: levels)
    func statisticsAreThoseOfPlainLoops(level: Int32) {
        withLevel(level) {
            for count in [1, 2, 8, 9, 10, 17, 1000] {
                let values =
                    count % 2 == 0
                    ? IntegerSamples.mixed(count, seed: 4)
                    : IntegerSamples.uniform(count, width: 2, seed: 5).map { $0 &- 2 }
                let found = traversion_collect_statistics(values, count)
                let differences = zip(values.dropFirst(), values).map { Int64(bitPattern: $0 &- $1) }
                #expect(found.unsignedMin == values.min() && found.unsignedMax == values.max())
                let signed = values.map { Int64(bitPattern: $0) }
                #expect(found.signedMin == signed.min() && found.signedMax == signed.max())
                #expect(found.differenceMin == differences.min() ?? 0)
                #expect(found.differenceMax == differences.max() ?? 0)
                #expect(found.runCount == 1 + differences.count { $0 != 0 })
                var histogram = [UInt32](repeating: 0, count: 65)
                traversion_width_histogram(values, count, 3, &histogram)
                var expected = [UInt32](repeating: 0, count: 65)
                for value in values { expected[64 - (value &- 3).leadingZeroBitCount] += 1 }
                #expect(histogram == expected)
            }
        }
    }

    private func bits(_ values: [UInt64], _ isMatch: (UInt64) -> Bool) -> [UInt64] {
        var words = [UInt64](repeating: 0, count: (values.count + 63) / 64)
        for (index, value) in values.enumerated() where isMatch(value) { words[index / 64] |= 1 << UInt64(index % 64) }
        return words
    }
}
