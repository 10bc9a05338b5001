/// The packed layout of Format/Segment.md, 5.1.1, bit by bit.
enum PackedModel {
    /// Where bit `bit` of value `index` of `count` values of `width` bits stands.
    static func bitOffset(_ index: Int, bit: Int, count: Int, width: Int) -> Int {
        let block = index / 1024
        let blockOffset = block * 1024 * width
        guard (block + 1) * 1024 <= count else { return blockOffset + index % 1024 * width + bit }
        let lane = index % 16
        let bitOfLane = index % 1024 / 16 * width + bit
        return blockOffset + (bitOfLane / 64 * 16 + lane) * 64 + bitOfLane % 64
    }

    static func pack(_ values: [UInt64], width: Int) -> [UInt8] {
        let count = values.count
        var bytes = [UInt8](repeating: 0, count: count / 1024 * 128 * width + (count % 1024 * width + 7) / 8)
        for (index, value) in values.enumerated() {
            for bit in 0..<width where value >> UInt64(bit) & 1 == 1 {
                let offset = bitOffset(index, bit: bit, count: count, width: width)
                bytes[offset / 8] |= 1 << UInt8(offset % 8)
            }
        }
        return bytes
    }
}
