/// A pattern as states that events lead through (Docs/TimeQL.md, 11).
///
/// A run that has taken an event at a *position* waits at *nodes*, each of which lets it go on to some positions within
/// limits of time. A *gate* is a node that lets runs go on by themselves, when nothing has come that must not.
struct PatternAutomaton {
    /// More states, positions and nodes together, are refused.
    static let stateLimit = 4096

    /// Where an event is taken.
    struct Position {
        /// The bit of the condition.
        var condition: Int
        /// The step, for its name.
        var step: Int
        /// Nodes from which runs come, those that come first first; ``start`` is where a run begins.
        var ways: [Int32]
        var source = Source()
    }

    /// What is behind a position or a gate.
    struct Source {
        var followers: [Int32] = []
        var isAccepting = false
    }

    /// Where runs wait.
    struct Node {
        var least: Int64 = 0
        /// `Int64.max`: for ever.
        var most: Int64 = .max
        /// Whether of two runs that wait that comes first which has waited longer.
        var prefersEarlier = false
        /// Whether a match that is whole goes on here.
        var continues = false
        /// Nil for a node that is no gate; a gate lets runs go when `most` is over.
        var gate: Source?
    }

    /// An event that ends the waiting of runs that have waited at least so long.
    struct Exclusion {
        var node: Int32
        var least: Int64
    }

    static let start: Int32 = -1

    var positions: [Position] = []
    var nodes: [Node] = []
    /// By the bits of conditions.
    var positionsOfCondition: [[Int32]] = []
    var exclusionsOfCondition: [[Exclusion]] = []
    var gates: [Int32] = []
    /// From a match's first event to its last.
    var totalLimit: Int64?
}
