/// Links between events of the same entity: from the last change before an event to the event. Those of an event are
/// known once they were looked for.
struct EntityLinks {
    private var causesOfEffect: [Int: Set<Int>] = [:]
    private var effectsOfCause: [Int: Set<Int>] = [:]

    func causes(of effect: Int) -> [Int] { causesOfEffect[effect]?.sorted() ?? [] }
    func effects(of cause: Int) -> [Int] { effectsOfCause[cause]?.sorted() ?? [] }

    mutating func add(cause: Int, effect: Int) {
        causesOfEffect[effect, default: []].insert(cause)
        effectsOfCause[cause, default: []].insert(effect)
    }
}
