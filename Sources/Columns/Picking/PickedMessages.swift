internal import Bytes

/// Some of the messages of a template node, put together from just the values that they need.
struct PickedMessages {
    private let set: TemplateSet
    private let codes: [UInt64]
    private let values: [StringVector]

    init(
        _ pick: Pick, set: TemplateSet, codes all: [UInt64], streams: [StringNode.Stream],
        in environment: any PickEnvironment
    ) throws(DecodeError) {
        let renderer = try TemplateRenderer(set: set, codes: all)
        guard streams.count == set.streamCount else {
            throw .corrupt(at: 0, "\(streams.count) streams for templates with \(set.streamCount)")
        }
        self.set = set
        self.codes = pick.of(all)
        let wanted = Self.places(of: pick, all, set)
        let valueCounts = renderer.valueCounts()
        var values: [StringVector] = []
        for (number, stream) in streams.enumerated() {
            guard stream.count == valueCounts[number] else {
                throw .corrupt(at: 0, "stream has \(stream.count) values, its slots need \(valueCounts[number])")
            }
            var rows = Pick.Rows.unknown
            if stream.node.isDerived, !wanted[number].isEmpty {
                if case .rows(let list) = renderer.rows(ofStream: number, messages: pick.rowMap) {
                    rows = .list(list)
                }
            }
            values.append(try stream.node.values(Pick(wanted[number], of: stream.count, rows), in: environment))
        }
        self.values = values
    }

    func messages(in environment: any PickEnvironment) throws(DecodeError) -> StringVector {
        try TemplateRenderer(set: set, codes: codes).render(values, in: environment)
    }

    private struct Value {
        var stream: Int
        var place: UInt32
    }

    /// For each stream the places of the values that picked messages need, in the order of these.
    private static func places(of pick: Pick, _ codes: [UInt64], _ set: TemplateSet) -> [[UInt32]] {
        var firstSlots = [0]
        for count in set.slotCounts { firstSlots.append(firstSlots[firstSlots.count - 1] + Int(count)) }
        // How many values of a stream stand before a message follows from the messages of each template before it.
        var users = [[(template: Int, count: UInt32)]](repeating: [], count: set.streamCount)
        for template in set.slotCounts.indices {
            for slot in firstSlots[template]..<firstSlots[template + 1] {
                let stream = Int(set.slotStreams[slot])
                if users[stream].last?.template == template {
                    users[stream][users[stream].count - 1].count += 1
                } else {
                    users[stream].append((template, 1))
                }
            }
        }
        var counts = [UInt32](repeating: 0, count: set.slotCounts.count)
        var found = [[Value]](repeating: [], count: pick.places.count)
        var next = 0
        for index in pick.places.indices.sorted(by: { pick.places[$0] < pick.places[$1] }) {
            while next < Int(pick.places[index]) {
                counts[Int(codes[next])] &+= 1
                next += 1
            }
            let template = Int(codes[next])
            for slot in firstSlots[template]..<firstSlots[template + 1] {
                let stream = Int(set.slotStreams[slot])
                let earlier = found[index].count { $0.stream == stream }
                let before = users[stream].reduce(0 as UInt32) { $0 &+ $1.count &* counts[$1.template] }
                found[index].append(Value(stream: stream, place: before &+ UInt32(earlier)))
            }
        }
        var places = [[UInt32]](repeating: [], count: set.streamCount)
        for value in found.joined() { places[value.stream].append(value.place) }
        return places
    }
}
