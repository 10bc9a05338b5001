/// Texts, each with a number.
struct TextNumbers {
    private var numbers: [[UInt8]: Int] = [:]
    private(set) var texts: [[UInt8]] = []

    mutating func number(of text: ArraySlice<UInt8>) -> Int {
        let text = Array(text)
        if let known = numbers[text] { return known }
        numbers[text] = texts.count
        texts.append(text)
        return texts.count - 1
    }
}
