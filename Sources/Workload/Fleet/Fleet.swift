/// The services, their hosts, who calls whom, and what they do: all made from a seed.
struct Fleet {
    struct Service {
        var name: String
        var layer: Int
        /// Places in `hosts`.
        var hosts: Range<Int>
        /// Services that it calls.
        var calls: [Int] = []
        var callers: [Int] = []
        var operations: [Operation]
        /// Members of the attributes of a query.
        var statements: [[UInt8]]
        var cacheKeys: [[UInt8]]
        var logSites: [LogSite]
        var version: Version
        /// The stack of an error, by its place in `Fault.exceptions`, escaped for JSON.
        var stacks: [[UInt8]]
    }

    struct Host {
        var service: Int
        var name: String
        /// `"service":...,"host":...`
        var members: [UInt8]
        var region: [UInt8]
        /// Clocks of some services show nanoseconds, of others microseconds.
        var hasNanoseconds: Bool
        /// When in each interval its agent reports, in nanoseconds.
        var phase: Int64
        var cpu: Double
        var memory: Double
    }

    /// What a service answers to.
    struct Operation {
        /// `"method":...,"route":...`
        var members: [UInt8]
        /// The path around the id, if there is one.
        var path: (before: [UInt8], after: [UInt8]?)
        /// Time that it takes by itself, in milliseconds.
        var work: Double
    }

    /// A place in a service's program that logs.
    struct LogSite {
        var severity: [UInt8]
        var message: MessageTemplate
        /// `"logger":...,"line":...`
        var members: [UInt8]
    }

    struct Version: CustomStringConvertible {
        var major: Int
        var minor: Int
        var patch: Int
        var description: String { "\(major).\(minor).\(patch)" }
    }

    var services: [Service] = []
    private(set) var hosts: [Host] = []

    init(seed: UInt64) {
        var dice = Dice(seed: seed)
        for (layer, names) in Vocabulary.layers.enumerated() {
            for name in names { add(name, layer, &dice) }
        }
        for index in services.indices { connect(index, &dice) }
    }

    func anyHost(of service: Int, _ dice: inout Dice) -> Int {
        let hosts = services[service].hosts
        return hosts.lowerBound + dice.below(hosts.count)
    }

    private mutating func add(_ name: String, _ layer: Int, _ dice: inout Dice) {
        let index = services.count
        let first = hosts.count
        let replica = Self.letters(5, &dice)
        let hasNanoseconds = dice.chance(0.6)
        for _ in 0..<dice.pick([2, 3, 4, 4, 4, 5, 6, 7]) {
            let host = "\(name)-\(replica)-\(Self.letters(5, &dice))"
            hosts.append(
                Host(
                    service: index, name: host, members: Array(#""service":"\#(name)","host":"\#(host)""#.utf8),
                    region: Array(dice.pick(Vocabulary.regions).utf8), hasNanoseconds: hasNanoseconds,
                    phase: Int64(dice.number(0...10) * 1e9), cpu: dice.number(12...45), memory: dice.number(30...70)))
        }
        let maker = ServiceMaker(name: name, isPublic: layer == 0)
        services.append(
            Service(
                name: name, layer: layer, hosts: first..<hosts.count,
                operations: maker.operations(&dice), statements: maker.statements(&dice),
                cacheKeys: maker.cacheKeys(&dice), logSites: maker.logSites(&dice),
                version: Version(major: dice.whole(1...6), minor: dice.below(30), patch: dice.below(10)),
                stacks: maker.stacks(&dice)))
    }

    /// A service calls some of the layer below, and now and then one further down.
    private mutating func connect(_ index: Int, _ dice: inout Dice) {
        let layer = services[index].layer
        let below = services.indices.filter { services[$0].layer == layer + 1 }
        let further = services.indices.filter { services[$0].layer > layer + 1 }
        services[index].calls =
            dice.sample(below, dice.whole(layer == 0 ? 5...8 : 2...4)) + dice.sample(further, dice.below(3))
        for callee in services[index].calls { services[callee].callers.append(index) }
    }

    private static func letters(_ count: Int, _ dice: inout Dice) -> String {
        String((0..<count).map { _ in dice.pick(Array("bcdfghjklmnpqrstvwxz2456789")) })
    }
}
