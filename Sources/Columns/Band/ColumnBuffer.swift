/// The values of one column in a band, in row order, without gaps.
public final class ColumnBuffer {
    public let type: ColumnType
    public private(set) var count = 0
    /// Integers, double bits, timestamps (ns), ids (8 bytes a word, lowest address in the low byte; two words for 16).
    public package(set) var words: [UInt64] = []
    /// Form codes of timestamps.
    public package(set) var forms: [UInt32] = []
    public package(set) var pool = StringPool()

    public init(type: ColumnType) { self.type = type }

    func appendPresence() { count &+= 1 }

    func append(word: UInt64) {
        words.append(word)
        count &+= 1
    }

    func append(words first: UInt64, _ second: UInt64) {
        words.append(first)
        words.append(second)
        count &+= 1
    }

    func append(nanoseconds: Int64, form: UInt32) {
        words.append(UInt64(bitPattern: nanoseconds))
        forms.append(form)
        count &+= 1
    }

    func append(_ bytes: UnsafeBufferPointer<UInt8>) {
        unsafe pool.append(bytes)
        count &+= 1
    }

    func removeLast() {
        count -= 1
        switch type.layout {
        case .presenceOnly: break
        case .integers, .doubles, .fixed8: words.removeLast()
        case .fixed16: words.removeLast(2)
        case .timestamps:
            words.removeLast()
            forms.removeLast()
        case .strings: pool.removeLast()
        }
    }

    func removeAll() {
        count = 0
        words.removeAll(keepingCapacity: true)
        forms.removeAll(keepingCapacity: true)
        if type.layout == .strings { pool.removeAll() }
    }
}
