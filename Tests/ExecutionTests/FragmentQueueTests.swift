import Testing

@testable import Execution

@Suite("Fragments of a question")
struct FragmentQueueTests {
    private struct Failure: Error, Equatable { let fragment: Int }

    @Test("each fragment is taken once, and joined in order", arguments: [false, true], [0, 1, 2, 7, 64])
    func order(isSpread: Bool, count: Int) throws {
        let queue = FragmentQueue(count: count, into: [Int](), isSpread: isSpread) { $0.append($1) }
        // As if one thread worked on the first as long as another on all others.
        queue.work { fragment in
            if fragment == 0 { queue.work { $0 } }
            return fragment
        }
        #expect(try queue.finish() == Array(0..<count))
    }

    @Test("a thread goes on behind what it had, and begins in the middle of what is left")
    func spread() throws {
        let queue = FragmentQueue(count: 10, into: [Int](), isSpread: true) { $0.append($1) }
        var (first, second): ([Int], [Int]) = ([], [])
        queue.work { fragment in
            first.append(fragment)
            if fragment == 3 {
                queue.work {
                    second.append($0)
                    return $0
                }
            }
            return fragment
        }
        #expect(first == [0, 1, 2, 3])
        #expect(second == [7, 8, 9, 5, 6, 4])
        #expect(try queue.finish() == Array(0..<10))
    }

    @Test("of fragments that fail the first is told")
    func failure() {
        let queue = FragmentQueue(count: 8, into: 0, isSpread: true) { $0 += $1 }
        queue.work { fragment in
            if fragment == 0 { queue.work { throw Failure(fragment: $0) } }
            throw Failure(fragment: fragment)
        }
        #expect(throws: Failure(fragment: 0)) { try queue.finish() }
    }
}
