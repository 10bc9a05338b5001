/// The words in the literals of the templates that were found, as far as they may become variables.
///
/// A template is a frame (everything between its words and variables) and a list of words. The key of a template is the
/// same as another's when frame and words are the same, except for words that have become variables in both.
struct TemplateWords {
    /// Words of one template that are looked at, at most.
    static let limit = 48
    private static let anyWord: UInt64 = 0x9E37_79B9_7F4A_7C15

    struct Word {
        /// The word stands behind this many variables.
        var piece: UInt32
        /// From the end of the variable before, or from the beginning of the message.
        var byteOffset: UInt32
        var byteCount: UInt32
        var hash: UInt64
    }

    /// Where the words of each template begin in `words`, and behind the last template their number.
    private(set) var firstWords: [UInt32] = [0]
    private(set) var words: [Word] = []
    /// Each template's words that have become variables: bit i for word i.
    private(set) var variableWords: [UInt64]
    private var keys: [UInt64] = []
    private let wordLimit: Int

    init(_ found: FoundTemplates, _ messages: StringVector, limit: Int) {
        wordLimit = limit
        variableWords = [UInt64](repeating: 0, count: found.templateCount)
        firstWords.reserveCapacity(found.templateCount + 1)
        unsafe messages.bytes.withUnsafeBufferPointer { bytes in
            let bytes = unsafe bytes.baseAddress ?? UnsafePointer(bitPattern: 1)!
            for template in 0..<found.templateCount { unsafe addTemplate(found, template, messages, bytes) }
        }
    }

    func words(of template: Int) -> ArraySlice<Word> {
        words[Int(firstWords[template])..<Int(firstWords[template + 1])]
    }

    /// Words of all templates.
    var count: Int { words.count }

    func key(of template: Int) -> UInt64 { keys[template] }

    /// The key that the template has when its word `index` is a variable.
    func key(of template: Int, withVariable index: Int) -> UInt64 {
        let hash = words[Int(firstWords[template]) &+ index].hash
        return keys[template] &- Self.element(index, hash) &+ Self.element(index, Self.anyWord)
    }

    func isVariable(_ template: Int, _ index: Int) -> Bool { variableWords[template] >> UInt64(index) & 1 == 1 }

    mutating func makeVariable(_ template: Int, _ index: Int) {
        keys[template] = key(of: template, withVariable: index)
        variableWords[template] |= 1 << UInt64(index)
    }

    private static func element(_ index: Int, _ hash: UInt64) -> UInt64 {
        LiteralBytes.mix(hash ^ LiteralBytes.seed, UInt64(index) &* 2 &+ anyWord)
    }

    private mutating func addTemplate(
        _ found: FoundTemplates, _ template: Int, _ messages: StringVector, _ bytes: UnsafePointer<UInt8>
    ) {
        let message = Int(found.firstMessages[template])
        let range = messages.range(message)
        var frame = LiteralBytes.seed
        var key: UInt64 = 0
        var piece = 0
        var pieceStart = range.lowerBound
        let firstWord = words.count
        for variable in found.variables(of: message) {
            unsafe addPiece(piece, pieceStart, Int(variable.start), firstWord, bytes, &frame, &key)
            piece += 1
            pieceStart = Int(variable.end)
        }
        unsafe addPiece(piece, pieceStart, range.upperBound, firstWord, bytes, &frame, &key)
        keys.append(key &+ frame)
        firstWords.append(UInt32(words.count))
    }

    private mutating func addPiece(
        _ piece: Int, _ start: Int, _ end: Int, _ firstWord: Int, _ bytes: UnsafePointer<UInt8>,
        _ frame: inout UInt64, _ key: inout UInt64
    ) {
        var frameStart = start
        var place = start
        while place < end, words.count &- firstWord < wordLimit {
            guard unsafe Self.isWordPart(bytes[place]) else {
                place &+= 1
                continue
            }
            let wordStart = place
            while place < end, unsafe Self.isWordPart(bytes[place]) { place &+= 1 }
            let hash = unsafe LiteralBytes.hash(LiteralBytes.seed, bytes + wordStart, place &- wordStart)
            key &+= Self.element(words.count &- firstWord, hash)
            frame = unsafe LiteralBytes.hash(frame, bytes + frameStart, wordStart &- frameStart)
            frameStart = place
            words.append(
                Word(
                    piece: UInt32(piece), byteOffset: UInt32(wordStart &- start),
                    byteCount: UInt32(place &- wordStart), hash: hash))
        }
        // The complement tells the end of a piece from a word.
        frame = unsafe LiteralBytes.hash(~frame, bytes + frameStart, end &- frameStart)
    }

    private static func isWordPart(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "_"),
            UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "0")...UInt8(ascii: "9"):
            true
        default: false
        }
    }
}
