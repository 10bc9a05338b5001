import Bytes

@testable import Segments

extension Driver {
    /// A filter of any ids, and a filter out of any bytes.
    static let idFilters = Driver(
        name: "id-filters", summary: "filters of any bytes; filters of any ids find each id in all its zones"
    ) { input in
        let choice = input.byte()
        if choice % 2 == 0 {
            let filter = try IdFilterReader(input.rest, zoneCount: 1 + Int(choice / 2))
            for key in [[], Array(input.rest.prefix(8)), Array(input.rest.suffix(16))] {
                let zones = filter.zones(forKey: key)
                require(zones.map { $0.upperBound <= Int(choice / 2) } ?? true, "a filter names a zone beyond the last")
            }
            return
        }
        let rangeLimit = 1 << input.number(below: 9)
        var builder = IdFilterBuilder(fingerprintBits: 1 + input.number(below: 16), rangeLimit: rangeLimit)
        var added: [(hash: UInt64, zone: Int)] = []
        while !input.rest.isEmpty {
            let zone = input.number(below: 32)
            // Hashes that only differ in few bits are the hard ones.
            let hash = UInt64(input.byte()) << 56 | UInt64(input.byte())
            added.append((hash, zone))
            builder.add(keyHash: hash, zone: zone)
        }
        guard let bytes = builder.build() else { return }
        let filter = try IdFilterReader(bytes[...], zoneCount: 32)
        require(filter.keyCount == Set(added.map(\.hash)).count, "a filter has another number of keys")
        for (hash, zone) in added {
            require(filter.zones(forKeyHash: hash)?.contains(zone) == true, "a filter hides an id")
        }
    }
}
