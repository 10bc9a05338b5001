import CVectorscan
import Storage

/// Looks for many expressions at once.
@safe
final class PatternMatcher {
    private let matcher: OpaquePointer

    init(_ expressions: [(text: String, isCaseless: Bool)]) throws(StoreError) {
        let texts = expressions.map { Array($0.text.utf8CString) }
        // One after another in one place, which stays where it is while they are read.
        let place = UnsafeMutableBufferPointer<CChar>.allocate(capacity: texts.reduce(1) { $0 + $1.count })
        defer { unsafe place.deallocate() }
        var patterns = unsafe [traversion_pattern]()
        var end = 0
        for (index, text) in texts.enumerated() {
            _ = unsafe UnsafeMutableBufferPointer(rebasing: place[end...]).update(fromContentsOf: text)
            unsafe patterns.append(
                traversion_pattern(
                    expression: place.baseAddress! + end, is_caseless: expressions[index].isCaseless ? 1 : 0))
            end += text.count
        }
        var reason = [CChar](repeating: 0, count: 256)
        guard let matcher = unsafe traversion_matcher_create(patterns, patterns.count, &reason, reason.count) else {
            let bytes = reason.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }
            throw .invalid("masking cannot be set up: \(String(decoding: bytes, as: UTF8.self)); see --mask none")
        }
        unsafe self.matcher = matcher
    }

    deinit { unsafe traversion_matcher_destroy(matcher) }

    /// Where expressions end in some bytes, in order. Good until the next scan.
    func scan(_ bytes: Span<UInt8>) -> UnsafeBufferPointer<traversion_match> {
        unsafe bytes.withUnsafeBufferPointer { bytes in
            var matches: UnsafePointer<traversion_match>?
            var count = 0
            // To go on would let pass what must be masked.
            guard unsafe traversion_matcher_scan(matcher, bytes.baseAddress, bytes.count, &matches, &count) != 0 else {
                fatalError("no memory is left to look for what must be masked")
            }
            return unsafe UnsafeBufferPointer(start: matches, count: count)
        }
    }
}
