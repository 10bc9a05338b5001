import Bytes

/// Texts, each with a number.
struct TextNumbers {
    /// By checksum; of several texts of one checksum, each later one by the next that is free.
    private var numbers = WordNumbers()
    private(set) var texts: [[UInt8]] = []
    /// What they take in memory, about.
    private(set) var byteCount = 0

    mutating func number(of text: ArraySlice<UInt8>) -> Int {
        var hash = checksum(text)
        while let known = numbers[hash] {
            if texts[known].elementsEqual(text) { return known }
            hash &+= 1
        }
        numbers.insert(texts.count, for: hash)
        texts.append(Array(text))
        byteCount += text.count + 64
        return texts.count - 1
    }
}
