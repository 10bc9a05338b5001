import Testing

@testable import Execution

@Suite("Fragments of a question")
struct FragmentQueueTests {
    private struct Failure: Error, Equatable { let fragment: Int }

    @Test("each fragment is taken once, and joined in order", arguments: [0, 1, 2, 7, 64])
    func order(count: Int) throws {
        let queue = FragmentQueue(count: count, into: [Int]()) { $0.append($1) }
        // As if one thread worked on the first as long as another on all others.
        queue.work { fragment in
            if fragment == 0 { queue.work { $0 } }
            return fragment
        }
        #expect(try queue.finish() == Array(0..<count))
    }

    @Test("of fragments that fail the first is told")
    func failure() {
        let queue = FragmentQueue(count: 8, into: 0) { $0 += $1 }
        queue.work { fragment in
            if fragment == 0 { queue.work { throw Failure(fragment: $0) } }
            throw Failure(fragment: fragment)
        }
        #expect(throws: Failure(fragment: 0)) { try queue.finish() }
    }
}
