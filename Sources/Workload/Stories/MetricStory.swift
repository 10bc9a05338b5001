/// What the agents on the hosts report at regular times.
struct MetricStory {
    /// The time between two reports of a host, in seconds.
    let interval: Int
    private var drift: [(cpu: Double, memory: Double)]

    init(_ fleet: Fleet, eventsPerSecond rate: Double) {
        // At most a quarter of all events.
        var interval = 10
        while Double(fleet.hosts.count) / Double(interval) > rate / 4 { interval *= 2 }
        self.interval = interval
        drift = Array(repeating: (0, 0), count: fleet.hosts.count)
    }

    mutating func tell(
        _ time: Range<Int64>, _ fleet: Fleet, _ incidents: [Incident], _ lines: inout EventLines, _ dice: inout Dice
    ) {
        let step = Int64(interval) * 1_000_000_000
        for index in fleet.hosts.indices {
            let phase = fleet.hosts[index].phase * Int64(interval) / 10
            var tick = (time.lowerBound - phase) / step * step + phase
            while tick < time.lowerBound { tick += step }
            while tick < time.upperBound {
                report(index, tick + Int64(dice.below(20_000_000)), fleet, incidents, &lines, &dice)
                tick += step
            }
        }
    }

    private mutating func report(
        _ index: Int, _ time: Int64, _ fleet: Fleet, _ incidents: [Incident], _ lines: inout EventLines,
        _ dice: inout Dice
    ) {
        let host = fleet.hosts[index]
        drift[index].cpu = drift[index].cpu * 0.9 + dice.normal() * 2.5
        drift[index].memory = drift[index].memory * 0.98 + dice.normal() * 0.6
        var cpu = host.cpu + drift[index].cpu + (dice.chance(0.0008) ? dice.number(20...50) : 0)
        var memory = host.memory + drift[index].memory
        var errorRate = abs(dice.normal()) * 0.002
        var latency = dice.skewed(30, 0.35)
        for incident in incidents where time >= incident.onset && time < incident.end {
            guard let affected = incident.affected.first(where: { $0.service == host.service }) else { continue }
            if affected.depth == 0 {
                let progress = Double(time - incident.onset) / Double(max(incident.failing - incident.onset, 1))
                if incident.fault.drivesCPU { cpu = dice.number(82...98) }
                // Memory fills up until nothing works any more.
                if incident.fault.drivesMemory { memory = max(memory, min(60 + 45 * progress, dice.number(91...98))) }
            }
            guard time >= affected.onset else { continue }
            errorRate += dice.number(0.1...0.5) / Double(1 + affected.depth)
            latency *= dice.number(2...9) / Double(1 + affected.depth) + 1
        }
        _ = lines.begin("metric", time, host, &dice)
        lines.text(#","severity":"INFO","attributes":{"interval":"#)
        lines.number(interval)
        lines.text(#","source":"host-agent","region":""#)
        lines.text(host.region)
        lines.text(#"","requestsPerSecond":"#)
        lines.number(dice.skewed(20, 0.6), decimals: 2)
        lines.text(#","openConnections":"#)
        lines.number(dice.whole(5...400))
        lines.text(#"},"state":{"cpu":"#)
        lines.number(min(max(cpu, 0.5), 100), decimals: 2)
        lines.text(#","memory":"#)
        lines.number(min(max(memory, 5), 99.9), decimals: 2)
        lines.text(#","errorRate":"#)
        lines.number(min(errorRate, 1), decimals: 4)
        lines.text(#","latencyP95":"#)
        lines.number(latency, decimals: 2)
        lines.text("}")
        lines.end(time, &dice)
    }
}
