internal import Bytes

/// What the codes of a column are mapped to, each number in as few bytes as the greatest takes: tables of some ten
/// thousand small numbers are kept for many pages.
public enum MapTable: Equatable, Sendable {
    case bytes([UInt8])
    case halves([UInt16])
    case words([UInt32])
    case wide([UInt64])

    public init(_ values: [UInt64]) {
        let greatest = values.max() ?? 0
        if greatest <= UInt64(UInt8.max) {
            self = .bytes(values.map { UInt8(truncatingIfNeeded: $0) })
        } else if greatest <= UInt64(UInt16.max) {
            self = .halves(values.map { UInt16(truncatingIfNeeded: $0) })
        } else if greatest <= UInt64(UInt32.max) {
            self = .words(values.map { UInt32(truncatingIfNeeded: $0) })
        } else {
            self = .wide(values)
        }
    }

    public var count: Int {
        switch self {
        case .bytes(let values): values.count
        case .halves(let values): values.count
        case .words(let values): values.count
        case .wide(let values): values.count
        }
    }

    public var byteCount: Int {
        switch self {
        case .bytes(let values): values.count
        case .halves(let values): values.count * 2
        case .words(let values): values.count * 4
        case .wide(let values): values.count * 8
        }
    }

    public var values: [UInt64] {
        switch self {
        case .bytes(let values): values.map { UInt64($0) }
        case .halves(let values): values.map { UInt64($0) }
        case .words(let values): values.map { UInt64($0) }
        case .wide(let values): values
        }
    }

    /// Nil for a code behind the last.
    @inline(__always)
    subscript(code: UInt64) -> UInt64? {
        guard code < UInt64(count) else { return nil }
        let index = Int(code)
        return switch self {
        case .bytes(let values): UInt64(values[index])
        case .halves(let values): UInt64(values[index])
        case .words(let values): UInt64(values[index])
        case .wide(let values): values[index]
        }
    }

    func entries(_ codes: [UInt64]) throws(DecodeError) -> [UInt64] {
        var found: [UInt64] = []
        found.reserveCapacity(codes.count)
        for code in codes {
            guard let value = self[code] else {
                throw .corrupt(at: 0, "code is not below \(count), the number of entries")
            }
            found.append(value)
        }
        return found
    }

    /// The codes of the entries that lie in some arcs, ascending.
    func codes(in arcs: [IntegerArc]) -> [UInt64] {
        guard case .bytes(let bytes) = self else {
            return IntegerNode.matchValues(values, arcs).positions.map { UInt64($0) }
        }
        var codes: [UInt64] = []
        // Of so few different entries each is asked once.
        var isFound = [Bool](repeating: false, count: 256)
        IntegerNode.matchValues((0..<256).map { UInt64($0) }, arcs).forEachSet { isFound[$0] = true }
        for (code, value) in bytes.enumerated() where isFound[Int(value)] { codes.append(UInt64(code)) }
        return codes
    }
}
