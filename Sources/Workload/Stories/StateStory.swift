/// Changes of state that belong to everyday work: pools, circuits, flags, lags, orders.
struct StateStory {
    /// The value that each field had last, by host, entity and key.
    private var values: [String: String] = [:]
    private let things = Popularity(count: 600)

    mutating func tell(
        _ time: Range<Int64>, count: Int, _ fleet: Fleet, _ incidents: [Incident], _ lines: inout EventLines,
        _ dice: inout Dice
    ) {
        for _ in 0..<count {
            let instant = time.lowerBound + Int64(dice.unit() * Double(time.upperBound - time.lowerBound))
            let host = fleet.hosts[dice.below(fleet.hosts.count)]
            let service = fleet.services[host.service]
            let choice = dice.unit()
            if choice < 0.2 {
                change(instant, host, "host", "host", "db.pool.size", "\(dice.whole(10...99))", &lines, &dice)
            } else if choice < 0.35 {
                change(instant, host, "host", "host", "threads.active", "\(dice.below(256))", &lines, &dice)
            } else if choice < 0.5 {
                let callee = service.calls.isEmpty ? nil : dice.pick(service.calls)
                let isBroken = incidents.contains { callee == $0.service && instant >= $0.failing && instant < $0.end }
                let state = isBroken ? "open" : dice.chance(0.97) ? "closed" : "half_open"
                let entity = "dependency:" + (callee.map { fleet.services[$0].name } ?? "postgres")
                change(instant, host, "dependency", entity, "circuit", state, &lines, &dice)
            } else if choice < 0.58 {
                let key = "feature." + dice.pick(Vocabulary.flags)
                change(instant, host, "service", "service", key, dice.chance(0.5) ? "on" : "off", &lines, &dice)
            } else if choice < 0.7 {
                let entity = "partition:\(dice.below(24))"
                change(instant, host, "partition", entity, "consumer.lag", "\(dice.below(5000))", &lines, &dice)
            } else {
                let kind = Vocabulary.nouns[host.service % Vocabulary.nouns.count]
                let entity = "\(kind):\(10_000 + things.draw(&dice) * 37)"
                change(instant, host, kind, entity, "status", dice.pick(Vocabulary.orderStates), &lines, &dice)
            }
        }
    }

    private mutating func change(
        _ time: Int64, _ host: Fleet.Host, _ kind: String, _ entity: String, _ key: String, _ value: String,
        _ lines: inout EventLines, _ dice: inout Dice
    ) {
        let before = values.updateValue(value, forKey: "\(host.name) \(entity) \(key)") ?? "unset"
        _ = lines.begin("state.change", time, host, &dice)
        lines.stateChange(
            entity: entity, key: key, from: before, to: value, kind: kind, actor: "controller", cause: nil)
        lines.end(time, &dice)
    }
}

extension EventLines {
    /// What follows the host in a change of state.
    mutating func stateChange(
        entity: String, key: String, from before: String, to value: String, kind: String, actor: String, cause: UInt64?
    ) {
        text(#","severity":"INFO","message":"\#(key) of \#(entity) changed from \#(before) to \#(value)""#)
        if let cause {
            text(#","causedBy":""#)
            hex(cause)
            text(#"""#)
        }
        text(#","attributes":{"entityType":"\#(kind)","actor":"\#(actor)","previous":"\#(before)"}"#)
        text(#","state":{"entity":"\#(entity)","key":"\#(key)","value":"\#(value)"}"#)
    }
}
