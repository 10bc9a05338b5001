import Bytes

/// Texts, each with a number.
struct TextNumbers {
    /// By checksum; of several texts of one checksum, each later one by the next that is free.
    private var numbers = WordNumbers()
    /// The texts one behind the other, and where each ends.
    private var bytes: [UInt8] = []
    private var ends: [Int] = []

    var count: Int { ends.count }

    /// What they take in memory, about.
    var byteCount: Int { bytes.count + ends.count * 8 + numbers.byteCount }

    subscript(number: Int) -> ArraySlice<UInt8> { bytes[(number == 0 ? 0 : ends[number - 1])..<ends[number]] }

    mutating func number(of text: ArraySlice<UInt8>) -> Int {
        var hash = checksum(text)
        while let known = numbers[hash] {
            if self[known] == text { return known }
            hash &+= 1
        }
        numbers.insert(ends.count, for: hash)
        bytes.append(contentsOf: text)
        ends.append(bytes.count)
        return ends.count - 1
    }
}
