/// What the operations of services do when they are called, as trees that are made once: the same route does the same
/// things each time.
struct CallPlan {
    enum Step {
        case log(Int)
        case cache([UInt8])
        case query([UInt8])
        case call(Int)
        /// A message, and what the service does that takes it.
        case publish(topic: String, partition: Int, consumer: Int)
    }

    struct Node {
        var service: Int
        /// The place in the service's operations; nil for what takes messages.
        var operation: Int?
        var steps: [Step]
    }

    private(set) var nodes: [Node] = []
    /// Of each route in front, the trees that it has.
    private(set) var routes: [[Int]] = []

    static let variantCount = 6
    private static let spanLimit = 30

    init(_ fleet: Fleet, _ dice: inout Dice) {
        for service in fleet.services.indices where fleet.services[service].layer == 0 {
            for operation in fleet.services[service].operations.indices {
                routes.append(
                    (0..<Self.variantCount).map { _ in
                        var budget = Self.spanLimit
                        return expand(fleet, service, operation, &budget, &dice)
                    })
            }
        }
    }

    private mutating func expand(
        _ fleet: Fleet, _ service: Int, _ operation: Int?, _ budget: inout Int, _ dice: inout Dice
    ) -> Int {
        budget -= 1
        let it = fleet.services[service]
        var steps: [Step] = (0..<dice.below(3)).map { _ in .log(dice.below(it.logSites.count)) }
        if dice.chance(0.55) { steps.append(.cache(dice.pick(it.cacheKeys))) }
        if it.layer > 0 { steps += (0..<dice.below(3)).map { _ in .query(dice.pick(it.statements)) } }
        let callCount = operation == nil ? 0 : dice.below([4, 3, 3, 1][it.layer])
        for callee in dice.sample(it.calls, it.layer == 0 ? max(callCount, 1) : callCount) where budget > 0 {
            let called = dice.below(fleet.services[callee].operations.count)
            steps.append(.call(expand(fleet, callee, called, &budget, &dice)))
        }
        if operation != nil, budget > 0, dice.chance(0.15) {
            let consumer = dice.pick(fleet.services.indices.filter { fleet.services[$0].layer >= 2 })
            let topic = "\(dice.pick(Vocabulary.nouns)).\(dice.pick(Vocabulary.verbs))"
            let node = expand(fleet, consumer, nil, &budget, &dice)
            steps.append(.publish(topic: topic, partition: dice.below(24), consumer: node))
        }
        if dice.chance(0.5) { steps.append(.log(dice.below(it.logSites.count))) }
        nodes.append(Node(service: service, operation: operation, steps: steps))
        return nodes.count - 1
    }
}
