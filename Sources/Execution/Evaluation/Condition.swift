import Bytes

/// A condition as a tree over its tests, which have numbers.
struct Condition {
    indirect enum Node {
        case all([Node])
        case any([Node])
        case not(Node)
        case constant(Bool)
        case test(Int)
    }

    let predicate: BoundPredicate
    private(set) var tests: [(field: BoundField, test: ValueTest)] = []
    private(set) var root = Node.constant(true)

    init(_ predicate: BoundPredicate) {
        self.predicate = predicate
        root = add(predicate)
    }

    private mutating func add(_ predicate: BoundPredicate) -> Node {
        switch predicate {
        case .all(let parts):
            // What costs little and leaves little comes first.
            let nodes = parts.map { (cost: $0.cost, node: add($0)) }
            return .all(
                nodes.enumerated().sorted { ($0.element.cost, $0.offset) < ($1.element.cost, $1.offset) }
                    .map(\.element.node))
        case .any(let parts): return .any(parts.map { add($0) })
        case .not(let part): return .not(add(part))
        case .constant(let value): return .constant(value)
        case .test(let field, let test):
            tests.append((field, test))
            return .test(tests.count - 1)
        }
    }
}

extension Condition.Node {
    /// The rows among some that fulfil it; `rows` tells which of some rows pass a test. Tests are asked of nothing but
    /// the rows that they can still change.
    func rows<Failure: Error>(
        among wanted: Bitmap, _ rows: (Int, Bitmap) throws(Failure) -> Bitmap
    ) throws(Failure) -> Bitmap {
        switch self {
        case .constant(let value): return value ? wanted : Bitmap(count: wanted.count)
        case .test(let number): return try rows(number, wanted)
        case .not(let part):
            var left = wanted
            left.subtract(try part.rows(among: wanted, rows))
            return left
        case .all(let parts):
            var left = wanted
            for part in parts {
                if left.isEmpty { break }
                left = try part.rows(among: left, rows)
            }
            return left
        case .any(let parts):
            var found = Bitmap(count: wanted.count)
            var left = wanted
            for part in parts {
                if left.isEmpty { break }
                let more = try part.rows(among: left, rows)
                found.formUnion(more)
                left.subtract(more)
            }
            return found
        }
    }

    /// Whether zones may have rows that fulfil it, as far as its tests can tell.
    func zones<Failure: Error>(
        _ count: Int, _ mayPass: (Int) throws(Failure) -> [Bool]
    ) throws(Failure) -> [Bool] {
        switch self {
        case .constant(let value): return [Bool](repeating: value, count: count)
        case .test(let number): return try mayPass(number)
        // What may pass says nothing of what must.
        case .not: return [Bool](repeating: true, count: count)
        case .all(let parts):
            var zones = [Bool](repeating: true, count: count)
            for part in parts {
                let more = try part.zones(count, mayPass)
                for zone in zones.indices where !more[zone] { zones[zone] = false }
            }
            return zones
        case .any(let parts):
            var zones = [Bool](repeating: false, count: count)
            for part in parts {
                let more = try part.zones(count, mayPass)
                for zone in zones.indices where more[zone] { zones[zone] = true }
            }
            return zones
        }
    }
}

extension BoundPredicate {
    /// What asking costs, roughly, compared with others.
    fileprivate var cost: Int {
        switch self {
        case .constant: 0
        case .not(let part): part.cost + 1
        case .all(let parts), .any(let parts): parts.reduce(0) { $0 + $1.cost }
        case .test(_, let test): test.cost
        }
    }
}

extension ValueTest {
    fileprivate var cost: Int {
        switch self {
        // An id is rare, and found among raw bytes.
        case .text(.equal, let text): IdentifierLength.isOfId(text) ? 2 : 3
        case .time: 4
        case .boolean, .number: 5
        case .exists, .isNull: 6
        case .anyOf(let tests): tests.reduce(4) { $0 + $1.cost }
        case .text, .severity, .failure: 8
        default: 40
        }
    }
}

/// Texts that are as long as ids are mostly ids.
private enum IdentifierLength {
    static func isOfId(_ text: [UInt8]) -> Bool { text.count == 16 || text.count == 32 || text.count == 36 }
}
