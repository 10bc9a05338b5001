import Columns

/// Number literals: what they are kept as, and the text of doubles.
enum NumberBench {
    static func run() {
        print("numbers: 65536 doubles\n  column                 classify ns   append ns")
        for (name, values) in FloatBench.columns(65_536) {
            var texts: [UInt8] = []
            var ends: [Int] = [0]
            for value in values {
                NumberText.append(double: value, to: &texts)
                ends.append(texts.count)
            }
            var doubleCount = 0
            let classify = Measurement.seconds {
                for index in values.indices {
                    if case .double = NumberText.classify(texts.span.extracting(ends[index]..<ends[index + 1])) {
                        doubleCount += 1
                    }
                }
            }
            let append = Measurement.seconds {
                texts.removeAll(keepingCapacity: true)
                for value in values { NumberText.append(double: value, to: &texts) }
            }
            Measurement.keep(doubleCount)
            print(
                "  " + Table.name(name, 21) + Table.cell(classify * 1e9 / 65_536, 13)
                    + Table.cell(append * 1e9 / 65_536, 12))
        }
        print("")
    }
}
