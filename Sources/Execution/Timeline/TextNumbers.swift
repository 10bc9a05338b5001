/// Texts, each with a number.
struct TextNumbers {
    private var numbers: [[UInt8]: Int] = [:]
    private(set) var texts: [[UInt8]] = []
    /// What they take in memory, about.
    private(set) var byteCount = 0

    mutating func number(of text: ArraySlice<UInt8>) -> Int {
        let text = Array(text)
        if let known = numbers[text] { return known }
        numbers[text] = texts.count
        texts.append(text)
        byteCount += text.count + 80
        return texts.count - 1
    }
}
