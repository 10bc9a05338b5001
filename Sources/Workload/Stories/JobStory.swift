/// Work that nobody asked for: scheduled jobs, which log without a trace.
struct JobStory {
    static func tell(
        _ time: Range<Int64>, count: Int, _ fleet: Fleet, _ lines: inout EventLines, _ dice: inout Dice
    ) {
        for _ in 0..<count {
            let instant = time.lowerBound + Int64(dice.unit() * Double(time.upperBound - time.lowerBound))
            let index = dice.below(fleet.hosts.count)
            let host = fleet.hosts[index]
            let site = dice.pick(fleet.services[host.service].logSites)
            let subject = MessageTemplate.Subject(
                user: dice.whole(10_000_000...10_199_999), address: UInt32(truncatingIfNeeded: dice.bits()))
            _ = lines.begin("log", instant, host, &dice)
            site.append(subject, to: &lines, &dice)
            lines.text(#","thread":"scheduler-"#)
            lines.number(dice.below(8))
            lines.text(#"","pid":"#)
            lines.number(1000 + index * 7)
            lines.text(#","env":"prod"}"#)
            lines.end(instant, &dice)
        }
    }
}
