public import Bytes

extension IntegerNode {
    /// Some of the values. What stands before them is decoded only where values follow from one another.
    public func values(_ pick: Pick, in environment: any PickEnvironment) throws(DecodeError) -> [UInt64] {
        if pick.places.isEmpty { return [] }
        try environment.charge(pick.places.count * 8)
        let inner = pick.withoutRows
        switch self {
        case .constant(let value): return pick.places.map { _ in value }
        case .sequence(let first, let step): return pick.places.map { first &+ step &* UInt64($0) }
        case .packed(let base, let width, let bits):
            let raw = try Self.packedBytes(bits, count: pick.count, width: width, in: environment)
            return Self.packedValues(at: pick.places, base: base, width: width, bits: raw, count: pick.count)
        case .patched(let count, let positions, let values, let child):
            var result = try child.values(inner, in: environment)
            let exceptions = try PickedExceptions(
                pick, count: count, positions: positions, counting: false, in: environment)
            let replacing = try values.values(exceptions.pick(of: count), in: environment)
            for (hit, value) in zip(exceptions.hits, replacing) { result[hit.index] = value }
            return result
        case .runs(let count, let values, let lengths):
            let lengths = try lengths.decode(count: count, rows: .unknown, in: environment)
            let runs = try Self.runs(at: pick.places, lengths: lengths, count: pick.count)
            return try values.values(Pick(runs, of: count), in: environment)
        case .dictionary(let count, let entries, let codes):
            return try entries.values(
                Pick(codes: codes.values(inner, in: environment), of: count), in: environment)
        case .planes(let base, let planes):
            return try Self.picked(pick, base: base, planes: planes, in: environment)
        case .split(let divisor, let quotients, let remainders):
            let (high, low) = (
                try quotients.values(inner, in: environment), try remainders.values(inner, in: environment)
            )
            return high.indices.map { high[$0] &* divisor &+ low[$0] }
        case .trend(let step, let child):
            let values = try child.values(inner, in: environment)
            return values.indices.map { values[$0] &+ step &* UInt64(pick.places[$0]) }
        case .anchoredDelta(let first, let shift, let anchors, let child):
            let sums = AnchoredSums(pick, shift: shift)
            // Where most values are wanted, adding all of them up is cheaper.
            if sums.steps.count > pick.count / 2 {
                return pick.of(try decode(count: pick.count, rows: .unknown, in: environment))
            }
            return sums.values(
                first: first, anchors: try anchors.values(sums.anchorPick, in: environment),
                steps: try child.values(Pick(sums.steps, of: pick.count - 1), in: environment))
        case .delta, .recency:
            return pick.of(try decode(count: pick.count, rows: .unknown, in: environment))
        case .equal(let ordinal, let offset, let links):
            let source = try environment.pickedSource(ordinal)
            return try Self.picked(pick, links, source, in: environment) { (rows) throws(DecodeError) in
                try source.integers(in: rows).map { $0 &+ offset }
            }
        case .mapped(let ordinal, let resource, let links):
            let source = try environment.pickedSource(ordinal)
            let table = try environment.mapTable(resource)
            return try Self.picked(pick, links, source, in: environment) { (rows) throws(DecodeError) in
                try table.entries(source.codes(in: rows))
            }
        case .sharedDictionary(let resource, let codes):
            return try Self.entries(environment.integerDictionary(resource), codes.values(pick, in: environment))
        case .grouped(let source, let child):
            return try child.values(
                pick.grouped(by: source, isDerived: child.isDerived, in: environment), in: environment)
        }
    }

    private static func entries(_ table: [UInt64], _ codes: [UInt64]) throws(DecodeError) -> [UInt64] {
        var values: [UInt64] = []
        values.reserveCapacity(codes.count)
        for code in codes {
            guard code < UInt64(table.count) else {
                throw .corrupt(at: 0, "code is not below \(table.count), the number of entries")
            }
            values.append(table[Int(code)])
        }
        return values
    }

    /// The values of a derived node: what `linked` gives for rows of the source, and the rest.
    private static func picked(
        _ pick: Pick, _ links: DerivedLinks<IntegerNode>, _ source: any PickedSource,
        in environment: any PickEnvironment, linked: ([UInt32]) throws(DecodeError) -> [UInt64]
    ) throws(DecodeError) -> [UInt64] {
        let origins = try PickedLinks(links, pick, source: source, in: environment)
        let rest = try links.rest.values(origins.rest, in: environment)
        let values = origins.rows.isEmpty ? [] : try linked(origins.rows)
        if rest.isEmpty { return values }
        var result = [UInt64](repeating: 0, count: pick.places.count)
        for (index, value) in zip(origins.linked, values) { result[index] = value }
        for (index, value) in zip(origins.unlinked, rest) { result[index] = value }
        return result
    }

    private static func picked(
        _ pick: Pick, base: UInt64, planes: [StoredBuffer], in environment: any PickEnvironment
    ) throws(DecodeError) -> [UInt64] {
        var values = [UInt64](repeating: base, count: pick.places.count)
        for (number, plane) in planes.enumerated() {
            let raw = try plane.raw(in: environment)
            guard raw.count == pick.count else { throw .corrupt(at: 0, "byte plane has another length") }
            for (index, place) in pick.places.enumerated() {
                values[index] &+= UInt64(raw[raw.startIndex + Int(place)]) &<< UInt64(8 * number)
            }
        }
        return values
    }
}

extension Pick {
    /// The values that codes name.
    init(codes: [UInt64], of count: Int) throws(DecodeError) {
        guard codes.allSatisfy({ $0 < UInt64(count) }) else {
            throw .corrupt(at: 0, "code is not below \(count), the number of entries")
        }
        self.init(codes.map { UInt32(truncatingIfNeeded: $0) }, of: count)
    }
}
