import CVectorscan
import Storage

/// Looks for many patterns at once.
///
/// Of a few short expressions Vectorscan 5.4.9 makes another machine than of many, and that one was seen to miss
/// matches (on a processor with AVX-512). So the list is never short, and a new matcher is tried: better no ingest than one that
/// lets secrets pass.
@safe
final class PatternMatcher {
    private let matcher: OpaquePointer
    /// The matcher whose patterns these are.
    private let origin: PatternMatcher?

    init(_ patterns: [MaskPattern]) throws(StoreError) {
        let texts = patterns.map { Array($0.expression.utf8CString) }
        // One after another in one place, which stays where it is while they are read.
        let place = UnsafeMutableBufferPointer<CChar>.allocate(capacity: texts.reduce(1) { $0 + $1.count })
        defer { unsafe place.deallocate() }
        var list = unsafe [traversion_pattern]()
        var end = 0
        for (pattern, text) in zip(patterns, texts) {
            _ = unsafe UnsafeMutableBufferPointer(rebasing: place[end...]).update(fromContentsOf: text)
            unsafe list.append(
                traversion_pattern(
                    kind: pattern.kind, expression: place.baseAddress! + end, is_caseless: pattern.isCaseless ? 1 : 0))
            end += text.count
        }
        var reason = [CChar](repeating: 0, count: 256)
        guard let matcher = unsafe traversion_matcher_create(list, list.count, &reason, reason.count) else {
            let bytes = reason.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }
            throw .invalid("masking cannot be set up: \(String(decoding: bytes, as: UTF8.self)); see --mask none")
        }
        unsafe self.matcher = matcher
        origin = nil
        for (index, pattern) in patterns.enumerated() where !pattern.sample.isEmpty {
            guard finds(pattern.sample, of: index) else {
                throw .invalid(
                    "masking cannot be set up: the library Vectorscan misses \(pattern.sample); see --mask none")
            }
        }
    }

    /// The same patterns for another thread, which takes no time.
    init(sharing origin: PatternMatcher) throws(StoreError) {
        guard let matcher = unsafe traversion_matcher_share(origin.matcher) else {
            throw .invalid("there is no memory left")
        }
        unsafe self.matcher = matcher
        self.origin = origin
    }

    private func finds(_ sample: String, of pattern: Int) -> Bool {
        let sample = Array(sample.utf8)
        return unsafe traversion_matcher_finds(matcher, UInt32(pattern), sample, sample.count) != 0
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
