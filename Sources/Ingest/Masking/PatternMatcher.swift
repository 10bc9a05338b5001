import CVectorscan
import Storage

/// Looks for many patterns at once. Each thread has its own.
@safe
final class PatternMatcher {
    private let matcher: OpaquePointer
    /// What the matcher reads.
    private let patterns: CompiledPatterns

    init(_ patterns: [MaskPattern]) throws(StoreError) {
        self.patterns = try CompiledPatterns.of(patterns)
        guard let matcher = unsafe traversion_matcher_share(self.patterns.matcher) else {
            throw .invalid("there is no memory left")
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
