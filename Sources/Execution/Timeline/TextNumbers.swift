import Bytes
import Columns

/// Texts, each with a number.
@safe
struct TextNumbers {
    private var table = TextTable()
    /// The texts one behind the other, and where each ends.
    private var bytes: [UInt8] = []
    private var ends: [Int] = []

    var count: Int { ends.count }

    /// What they take in memory, about.
    var byteCount: Int { bytes.count + ends.count * 8 + table.byteCount }

    subscript(number: Int) -> ArraySlice<UInt8> { bytes[(number == 0 ? 0 : ends[number - 1])..<ends[number]] }

    mutating func number(of text: ArraySlice<UInt8>) -> Int { unsafe text.withUnsafeBytes { unsafe number(of: $0) } }

    /// The number of one of some texts.
    @inline(__always)
    mutating func number(of texts: StringVector, _ index: Int) -> Int {
        let range = texts.range(index)
        return unsafe texts.bytes.withUnsafeBytes { unsafe number(of: UnsafeRawBufferPointer(rebasing: $0[range])) }
    }

    private mutating func number(of text: UnsafeRawBufferPointer) -> Int {
        let key = unsafe TextTable.Key(text)
        // Equal checksums of long texts do not mean that the texts are.
        if let known = table.number(of: key, where: { unsafe self[$0].elementsEqual(text) }) { return known }
        table.insert(ends.count, for: key)
        unsafe bytes.append(contentsOf: text)
        ends.append(bytes.count)
        return ends.count - 1
    }
}
