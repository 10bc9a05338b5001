import Files

/// Commands that run beside something else, one after another and again and again, each as a process of its own.
final class CommandLoop: Sendable {
    struct Taken {
        var name: String
        var runs = Durations()
        /// CPU time of those that have ended, in nanoseconds.
        var processor: Int64 = 0
    }

    private struct State {
        var taken: [Taken]
        var isStopped = false
        var failure: CommandFailure?
    }

    private let state: Monitor<State>
    private let thread: WorkerThread

    /// - Parameters:
    ///   - commands: what each is counted as, and its words.
    ///   - pause: between two of them, in nanoseconds.
    init(_ commands: [(name: String, words: [String])], pause: Int64) throws(CommandFailure) {
        let names = commands.map(\.name).reduce(into: [String]()) { if !$0.contains($1) { $0.append($1) } }
        let state = Monitor(State(taken: names.map { Taken(name: $0) }))
        let thread = WorkerThread {
            var turn = 0
            while state.change({ !$0.isStopped && $0.failure == nil }) {
                let command = commands[turn % commands.count]
                turn += 1
                do throws(CommandFailure) {
                    let usage = try ToolProcess.run(command.words).usage
                    state.change { state in
                        for index in state.taken.indices where state.taken[index].name == command.name {
                            state.taken[index].runs.add(usage.elapsed)
                            state.taken[index].processor += usage.processor
                        }
                    }
                } catch {
                    state.change { $0.failure = error }
                }
                state.waitForChange(atMost: pause)
            }
        }
        guard let thread else { throw CommandFailure(.inputOutput, "the system has no thread to give") }
        (self.state, self.thread) = (state, thread)
    }

    /// What each has taken until now.
    var taken: [Taken] { state.change { $0.taken } }

    /// Waits until the command that runs has ended.
    func stop() throws(CommandFailure) {
        state.change { $0.isStopped = true }
        thread.join()
        if let failure = state.change({ $0.failure }), failure.exitCode != .interrupted { throw failure }
    }
}
