import Bytes
private import CKernels

/// A text that is looked for in the pages of a segment, and what was found out about what they share: the pages of a band
/// ask once.
public final class TextSearch {
    /// A resource of one of the columns.
    private struct Resource: Hashable {
        var column: Int
        var number: Int
    }

    let pattern: TemplatePattern
    private let text: SoughtText
    private var dictionaries: [Resource: Bool] = [:]
    private var templates: [Resource: SoughtTemplates] = [:]

    /// Nil for texts that are empty or too long.
    public init?(_ text: SoughtText) {
        guard let pattern = TemplatePattern(text) else { return nil }
        self.text = text
        self.pattern = pattern
    }

    /// Whether the text stands somewhere in some bytes.
    func isIn(_ bytes: ArraySlice<UInt8>) -> Bool {
        unsafe text.comparable(bytes).withUnsafeBufferPointer { bytes in
            guard let start = bytes.baseAddress else { return false }
            return unsafe traversion_find(start, bytes.count, 0, text.bytes, text.bytes.count) < bytes.count
        }
    }

    /// Whether the text consists of bytes out of some.
    public func consists(of bytes: ByteSet) -> Bool { text.bytes.allSatisfy { text.mayBe($0, in: bytes) } }

    /// Which of some strings hold the text.
    func matches(_ strings: StringVector) -> Bitmap {
        StringVector(bytes: Array(text.comparable(strings.bytes[...])), ends: strings.ends)
            .matches(containing: text.bytes)
    }

    /// Whether a string of a dictionary that pages share may hold the text.
    func mayBeIn(dictionary number: Int, in environment: any PageEnvironment) throws(DecodeError) -> Bool {
        let resource = Resource(column: environment.columnOrdinal, number: number)
        if let known = dictionaries[resource] { return known }
        let found = isIn(try environment.stringDictionary(number).bytes[...])
        dictionaries[resource] = found
        return found
    }

    /// What the templates of a band tell of the text.
    func templates(_ number: Int, in environment: any PageEnvironment) throws(DecodeError) -> SoughtTemplates {
        let resource = Resource(column: environment.columnOrdinal, number: number)
        if let known = templates[resource] { return known }
        let found = SoughtTemplates(of: self, in: try environment.templates(number))
        templates[resource] = found
        return found
    }
}
