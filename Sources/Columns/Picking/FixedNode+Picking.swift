public import Bytes

extension FixedNode {
    /// Some of the ids of `width` bytes each, end to end.
    public func values(
        _ pick: Pick, width: Int, in environment: any PickEnvironment
    ) throws(DecodeError) -> [UInt8] {
        if pick.places.isEmpty { return [] }
        try environment.charge(pick.places.count * width)
        switch self {
        case .raw(let buffer): return Array(try buffer.picking(pick, width, environment).stored)
        case .sharedDictionary(let resource, let codes):
            let entries = try environment.fixedDictionary(resource, width: width)
            let codes = try Pick(codes: codes.values(pick, in: environment), of: entries.count / width)
            return Array(try StoredBuffer(raw: entries).picking(codes, width, environment).stored)
        case .equal(let ordinal, let links):
            let source = try environment.pickedSource(ordinal)
            let origins = try PickedLinks(links, pick, source: source, in: environment)
            let rest = try links.rest.values(origins.rest, width: width, in: environment)
            let values = origins.rows.isEmpty ? [] : try source.fixed(in: origins.rows, width: width)
            guard values.count == origins.rows.count * width else { throw .corrupt(at: 0, "source has fewer ids") }
            var result = [UInt8](repeating: 0, count: pick.places.count * width)
            for (ids, places) in [(values, origins.linked), (rest, origins.unlinked)] {
                for (number, place) in places.enumerated() {
                    for byte in 0..<width { result[place * width + byte] = ids[number * width + byte] }
                }
            }
            return result
        case .grouped(let source, let child):
            return try child.values(
                pick.grouped(by: source, isDerived: child.isDerived, in: environment), width: width, in: environment)
        }
    }
}
