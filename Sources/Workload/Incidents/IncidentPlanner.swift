/// Spreads incidents over the time of a workload, each in its own part of it.
struct IncidentPlanner {
    let fleet: Fleet
    let start: Int64
    let length: Int64

    func plan(_ count: Int, _ dice: inout Dice) -> [Incident] {
        let part = length / Int64(max(count, 1))
        return (0..<count).map { index in
            let fault = index < Fault.all.count ? Fault.all[index] : dice.pick(Fault.all)
            // Not in front: what fails there has no caller to fail with it.
            let candidates = fleet.services.indices.filter { !fleet.services[$0].callers.isEmpty }
            // Room for what comes before the failures, and for what follows them.
            let span = min(Int64(dice.number(90...240) * 1e9), part / 3)
            let triggered = start + part * Int64(index) + Int64(Double(part) * dice.number(0.2...0.45))
            return incident("INC-\(index + 1)", fault, dice.pick(candidates), triggered, span, &dice)
        }
    }

    func incident(
        _ id: String, _ fault: Fault, _ service: Int, _ triggered: Int64, _ span: Int64, _ dice: inout Dice
    ) -> Incident {
        let unit = Double(min(span, 120_000_000_000))
        let onset = triggered + Int64(unit * dice.number(0.08...0.2))
        let failing = onset + Int64(unit * dice.number(0.35...0.5))
        let end = failing + span
        return Incident(
            id: id, fault: fault, service: service, triggered: triggered, onset: onset, failing: failing, end: end,
            affected: cascade(from: service, at: failing, &dice))
    }

    /// The services that call it, those that call them, and so on, each a little later.
    func cascade(from root: Int, at time: Int64, _ dice: inout Dice) -> [Incident.Affected] {
        var found = [Incident.Affected(service: root, depth: 0, onset: time)]
        var next = 0
        while next < found.count {
            let origin = found[next]
            next += 1
            for caller in fleet.services[origin.service].callers where !found.contains(where: { $0.service == caller })
            {
                let onset = origin.onset + Int64(dice.number(0.3...3) * 1e9)
                found.append(Incident.Affected(service: caller, depth: origin.depth + 1, onset: onset))
            }
        }
        return found
    }
}
