import CVectorscan
import Files
import Storage

/// Patterns that are ready to be looked for. Nobody changes them, so threads share them.
///
/// Of a few short expressions Vectorscan 5.4.9 makes another machine than of many, and that one was seen to miss
/// matches (on a processor with AVX-512). So the list is never short, and a new machine is tried: better no ingest than
/// one that lets secrets pass.
@safe
final class CompiledPatterns: @unchecked Sendable {
    /// Never used to scan.
    let matcher: OpaquePointer

    /// To compile takes tens of milliseconds, and a process has few policies.
    private static let known = Monitor<[[MaskPattern]: CompiledPatterns]>([:])
    private static let knownLimit = 16

    static func of(_ patterns: [MaskPattern]) throws(StoreError) -> CompiledPatterns {
        if let compiled = known.change({ $0[patterns] }) { return compiled }
        let compiled = try CompiledPatterns(patterns)
        known.change { known in
            if known.count >= knownLimit { known.removeAll() }
            known[patterns] = compiled
        }
        return compiled
    }

    private init(_ patterns: [MaskPattern]) throws(StoreError) {
        let texts = patterns.flatMap { pattern in
            [pattern.expression, pattern.literals.map { $0 + "\n" }.joined()].map { Array($0.utf8CString) }
        }
        // One after another in one place, which stays where it is while they are read.
        let place = UnsafeMutableBufferPointer<CChar>.allocate(capacity: texts.reduce(1) { $0 + $1.count })
        defer { unsafe place.deallocate() }
        var list = unsafe [traversion_pattern]()
        var end = 0
        var starts: [Int] = []
        for text in texts {
            _ = unsafe UnsafeMutableBufferPointer(rebasing: place[end...]).update(fromContentsOf: text)
            starts.append(end)
            end += text.count
        }
        for (index, pattern) in patterns.enumerated() {
            unsafe list.append(
                traversion_pattern(
                    kind: pattern.kind, expression: place.baseAddress! + starts[2 * index],
                    is_caseless: pattern.isCaseless ? 1 : 0, literals: place.baseAddress! + starts[2 * index + 1]))
        }
        var reason = [CChar](repeating: 0, count: 256)
        guard let matcher = unsafe traversion_matcher_create(list, list.count, &reason, reason.count) else {
            let bytes = reason.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }
            throw .invalid("masking cannot be set up: \(String(decoding: bytes, as: UTF8.self)); see --mask none")
        }
        unsafe self.matcher = matcher
        for (index, pattern) in patterns.enumerated() where !pattern.sample.isEmpty {
            guard finds(pattern.sample, of: index) else {
                throw .invalid(
                    "masking cannot be set up: the library Vectorscan misses \(pattern.sample); see --mask none")
            }
        }
    }

    private func finds(_ sample: String, of pattern: Int) -> Bool {
        let sample = Array(sample.utf8)
        return unsafe traversion_matcher_finds(matcher, UInt32(pattern), sample, sample.count) != 0
    }

    deinit { unsafe traversion_matcher_destroy(matcher) }
}
