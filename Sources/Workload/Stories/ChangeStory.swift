/// Deploys and changes of configuration: those of everyday, and those that bring incidents about and end them.
struct ChangeStory {
    private enum Change {
        case deploy(incident: Int?)
        case configChange(incident: Int?, key: String)
        case remedy(incident: Int)
    }

    private struct Planned {
        var time: Int64
        var service: Int
        var change: Change
    }

    private var planned: [Planned] = []
    private var next = 0

    init(_ fleet: Fleet, _ time: Range<Int64>, _ incidents: [Incident], _ dice: inout Dice) {
        for (index, incident) in incidents.enumerated() {
            let change: Change? =
                switch incident.fault.trigger {
                case .deploy: .deploy(incident: index)
                case .configChange: .configChange(incident: index, key: incident.fault.setting)
                case .none: nil
                }
            guard let change else { continue }
            planned.append(Planned(time: incident.triggered, service: incident.service, change: change))
            planned.append(Planned(time: incident.end, service: incident.service, change: .remedy(incident: index)))
        }
        var instant = time.lowerBound
        while true {
            instant += Int64(dice.skewed(180, 0.8) * 1e9)
            guard instant < time.upperBound else { break }
            let service = dice.below(fleet.services.count)
            // Nobody touches what is on fire, or is about to be.
            let isQuiet = incidents.allSatisfy {
                $0.service != service || instant < $0.triggered - 600_000_000_000 || instant > $0.end
            }
            guard isQuiet else { continue }
            let change: Change =
                dice.chance(0.45)
                ? .deploy(incident: nil) : .configChange(incident: nil, key: dice.pick(Vocabulary.settings))
            planned.append(Planned(time: instant, service: service, change: change))
        }
        planned.sort { $0.time < $1.time }
    }

    mutating func tell(
        before end: Int64, _ fleet: inout Fleet, _ incidents: inout [Incident], _ lines: inout EventLines,
        _ dice: inout Dice
    ) {
        while next < planned.count, planned[next].time < end {
            let it = planned[next]
            next += 1
            switch it.change {
            case .deploy(let incident):
                let before = fleet.services[it.service].version
                let after =
                    dice.chance(0.3)
                    ? Fleet.Version(major: before.major, minor: before.minor + 1, patch: 0)
                    : Fleet.Version(major: before.major, minor: before.minor, patch: before.patch + 1)
                let id = deploy(it.service, it.time, after, &fleet, &lines, &dice)
                guard let incident else { continue }
                incidents[incident].versionBefore = before
                incidents[incident].trigger = .init(
                    eventType: "deploy", eventId: id, time: it.time, detail: "\(after)")
            case .configChange(let incident, let key):
                // What is about to break gets far too little.
                let value = incident == nil ? dice.whole(20...200) : dice.whole(1...4)
                let id = configure(it.service, it.time, key, dice.whole(40...120), value, fleet, &lines, &dice)
                guard let incident else { continue }
                incidents[incident].trigger = .init(eventType: "config.change", eventId: id, time: it.time, detail: key)
            case .remedy(let index):
                if let version = incidents[index].versionBefore {
                    _ = deploy(it.service, it.time, version, &fleet, &lines, &dice)
                } else {
                    _ = configure(it.service, it.time, incidents[index].fault.setting, 2, 80, fleet, &lines, &dice)
                }
            }
        }
    }

    private func deploy(
        _ service: Int, _ time: Int64, _ version: Fleet.Version, _ fleet: inout Fleet, _ lines: inout EventLines,
        _ dice: inout Dice
    ) -> UInt64 {
        let it = fleet.services[service]
        fleet.services[service].version = version
        let id = lines.begin("deploy", time, fleet.hosts[it.hosts.lowerBound], &dice)
        lines.text(#","severity":"INFO","message":"Deployed \#(it.name) \#(version)","attributes":{"version":""#)
        lines.text(#"\#(version)","previousVersion":"\#(it.version)","commit":""#)
        lines.hex(dice.bits())
        lines.hex(dice.bits())
        lines.hex(dice.bits() >> 32, digits: 8)
        lines.text(#"","deployer":"\#(dice.pick(["argo", "spinnaker", "jenkins"]))","strategy":"rolling","replicas":"#)
        lines.number(it.hosts.count)
        lines.text("}")
        lines.end(time, &dice, isInTruth: true)
        for (place, host) in it.hosts.enumerated() {
            let instant = time + Int64(place + 1) * 1_700_000_000
            _ = lines.begin("state.change", instant, fleet.hosts[host], &dice)
            lines.stateChange(
                entity: "host", key: "version", from: "\(it.version)", to: "\(version)", kind: "host",
                actor: "deployer", cause: id)
            lines.end(instant, &dice)
        }
        return id
    }

    private func configure(
        _ service: Int, _ time: Int64, _ key: String, _ before: Int, _ after: Int, _ fleet: Fleet,
        _ lines: inout EventLines, _ dice: inout Dice
    ) -> UInt64 {
        let host = fleet.hosts[fleet.services[service].hosts.lowerBound]
        let id = lines.begin("config.change", time, host, &dice)
        lines.text(#","severity":"INFO","message":"Config \#(key) changed from \#(before) to \#(after)""#)
        lines.text(#","attributes":{"key":"\#(key)","oldValue":"\#(before)","newValue":"\#(after)","author":""#)
        lines.text(#"\#(dice.pick(Vocabulary.people))","changeId":"CHG\#(dice.whole(100_000...999_999))"}"#)
        lines.end(time, &dice, isInTruth: true)
        return id
    }
}
