import Bytes
import CKernels

/// The kernels by themselves, in every instruction set of the machine.
enum KernelBench {
    static func run() {
        let count = 65_536
        var generator = SplitMix64(seed: 1)
        let values = (0..<count).map { _ in generator.next() }
        var output = [UInt64](repeating: 0, count: count + 1)
        var narrow = [UInt32](repeating: 0, count: count)
        var packed = [UInt8](repeating: 0, count: count * 8)
        var bitmap = [UInt64](repeating: 0, count: count / 64)
        let highest = traversion_kernel_level()
        for level in 0...highest {
            traversion_set_kernel_level(level)
            print(
                "kernels: \(["portable", "AVX2", "AVX-512"][Int(level)]), \(count) values; copy "
                    + "\(Table.cell(Measurement.copyGigabytes(count * 8), 1)) GB/s; GB/s of 8-byte values")
            print("  width     pack   unpack  to 32 b     sums  entries    match  4 arcs    table")
            for width in [1, 3, 8, 12, 17, 24, 32, 45, 64] as [UInt32] {
                let entries = width <= 16 ? Array(values.prefix(1 << Int(width))) : []
                func line(_ isPossible: Bool = true, _ body: () -> Void) -> String {
                    isPossible ? Table.cell(Measurement.gigabytes(count * 8, body), 9) : Table.cell("-", 9)
                }
                let starts: [UInt64] = [0, 1, 0, 1]
                let spans: [UInt64] = [0, 0, 0, 0]
                var text = Table.cell("\(width)", 7)
                text += line { traversion_pack(values, count, width, 5, &packed) }
                text += line { traversion_unpack(packed, count, width, 5, &output) }
                text += line(width <= 32) { traversion_unpack32(packed, count, width, 5, &narrow) }
                text += line { traversion_unpack_sums(packed, count, width, 5, 9, &output) }
                text += line(width <= 16) {
                    traversion_unpack_entries(packed, count, width, 0, entries, entries.count, &output)
                }
                text += line { traversion_match_packed(packed, count, width, starts, spans, 1, &bitmap) }
                text += line { traversion_match_packed(packed, count, width, starts, spans, 4, &bitmap) }
                text += line(width <= 16) {
                    traversion_match_table(packed, count, width, 0, values, entries.count, &bitmap)
                }
                print(text)
            }
            print("")
        }
    }
}
