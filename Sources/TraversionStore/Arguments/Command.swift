/// A command as the parser and the help see it.
struct Command: Sendable {
    /// Something that stands on the command line by its place.
    struct Argument: Sendable {
        var name: String
        var help: String
        /// There may be more of them; only for the last.
        var isRepeated = false
    }

    /// Something that is named on the command line.
    struct Option: Sendable {
        var name: String
        /// What stands for its value in the help; nil when it takes none.
        var valueName: String?
        var help: String
        /// One dash and a letter.
        var shortName: String? = nil
        /// It may be given several times.
        var isRepeated = false
    }

    /// The words that name the command, the tool's own left out.
    var words: [String]
    var summary: String
    var arguments: [Argument]
    var options: [Option]
    var run: @Sendable (Invocation) throws(CommandFailure) -> Void

    var name: String { words[words.count - 1] }
}

/// Commands that share their first word.
struct CommandGroup: Sendable {
    enum Entry: Sendable {
        case group(CommandGroup)
        case command(Command)

        var name: String {
            switch self {
            case .group(let group): group.name
            case .command(let command): command.name
            }
        }

        var summary: String {
            switch self {
            case .group(let group): group.summary
            case .command(let command): command.summary
            }
        }
    }

    var name: String
    var summary: String
    var commands: [Entry]
    /// What runs when no command of the group is named.
    var standard: Command? = nil
}

/// What the command line says to a command, checked against what it takes.
struct Invocation {
    var arguments: [String] = []
    /// By name with its dashes; flags have the value "".
    var options: [String: String] = [:]
    /// The values of options that may be given several times, in their order.
    var lists: [String: [String]] = [:]

    func has(_ option: String) -> Bool { options[option] != nil || lists[option] != nil }
}
