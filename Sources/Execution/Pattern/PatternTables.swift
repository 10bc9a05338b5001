/// The states of a pattern laid out flat, for a matcher that asks for them with every event.
struct PatternTables {
    /// Lists one behind the other.
    struct Lists<Element> {
        private(set) var elements: [Element] = []
        private var ends: [Int32] = [0]

        init(_ lists: [[Element]]) {
            for list in lists {
                elements += list
                ends.append(Int32(elements.count))
            }
        }

        func places(of list: Int) -> Range<Int> { Int(ends[list])..<Int(ends[list + 1]) }
    }

    let positionsOfCondition: Lists<Int32>
    let exclusionsOfCondition: Lists<PatternAutomaton.Exclusion>
    /// By position.
    let ways: Lists<Int32>
    /// By source: positions, and behind them nodes, of which gates are sources.
    let followers: Lists<Int32>
    /// Those of the followers at which a match that is whole goes on.
    let continuations: Lists<Int32>
    let isAccepting: [Bool]
    let gates: [Int32]
    let totalLimit: Int64?
    private let positionCount: Int

    init(_ automaton: PatternAutomaton) {
        let none = PatternAutomaton.Source()
        let sources = automaton.positions.map(\.source) + automaton.nodes.map { $0.gate ?? none }
        positionsOfCondition = Lists(automaton.positionsOfCondition)
        exclusionsOfCondition = Lists(automaton.exclusionsOfCondition)
        ways = Lists(automaton.positions.map(\.ways))
        followers = Lists(sources.map(\.followers))
        continuations = Lists(
            sources.map { source in source.followers.filter { automaton.nodes[Int($0)].continues } })
        isAccepting = sources.map(\.isAccepting)
        gates = automaton.gates
        totalLimit = automaton.totalLimit
        positionCount = automaton.positions.count
    }

    /// Whether a match that is whole may go on.
    var canContinue: Bool { isAccepting.indices.contains { isAccepting[$0] && !continuations.places(of: $0).isEmpty } }

    /// The number of a position, or of the gate that a negative number is the complement of.
    func source(_ number: Int32) -> Int { number < 0 ? positionCount + Int(~number) : Int(number) }
}
