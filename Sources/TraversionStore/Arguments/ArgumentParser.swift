import Bytes

/// Reads a command line.
///
/// Options stand anywhere, as `--name value` or `--name=value`; what follows `--` is never an option.
struct ArgumentParser {
    enum Result {
        case help(String)
        case version
        case run(Command, Invocation)
    }

    private let root: CommandGroup

    init(_ root: CommandGroup) { self.root = root }

    func parse(_ arguments: [String]) throws(CommandFailure) -> Result {
        var group = root
        var words = [root.name]
        var rest = arguments[...]
        while true {
            if let standard = group.standard, rest.first?.hasPrefix("-") ?? true { return try parse(rest, standard) }
            guard let word = rest.popFirst() else {
                throw .usage("a command is missing\n\(HelpText.of(group, words))")
            }
            switch word {
            case "--help", "-h", "help": return .help(HelpText.of(group, words))
            case "--version" where words.count == 1: return .version
            default: break
            }
            guard let entry = group.commands.first(where: { $0.name == word }) else {
                throw unknownCommand(word, group, words)
            }
            words.append(word)
            switch entry {
            case .group(let inner): group = inner
            case .command(let command): return try parse(rest, command)
            }
        }
    }

    private func parse(_ arguments: ArraySlice<String>, _ command: Command) throws(CommandFailure) -> Result {
        var invocation = Invocation()
        var rest = arguments
        var takesOptions = true
        while let word = rest.popFirst() {
            guard takesOptions, word.hasPrefix("-"), word != "-" else {
                invocation.arguments.append(word)
                continue
            }
            switch word {
            case "--": takesOptions = false
            case "--help", "-h": return .help(HelpText.of(command))
            default: try readOption(word, &rest, command, &invocation)
            }
        }
        guard invocation.arguments.count >= command.arguments.count else {
            let missing = command.arguments[invocation.arguments.count].name
            throw .usage("\(missing) is missing\n\(HelpText.usage(of: command))")
        }
        if let empty = zip(invocation.arguments, command.arguments).first(where: { $0.0.isEmpty }) {
            throw .usage("\(empty.1.name) is empty\n\(HelpText.usage(of: command))")
        }
        let mayRepeat = command.arguments.last?.isRepeated ?? false
        guard mayRepeat || invocation.arguments.count == command.arguments.count else {
            let extra = invocation.arguments[command.arguments.count]
            throw .usage("'\(extra)' is one argument too many\n\(HelpText.usage(of: command))")
        }
        return .run(command, invocation)
    }

    private func readOption(
        _ word: String, _ rest: inout ArraySlice<String>, _ command: Command, _ invocation: inout Invocation
    ) throws(CommandFailure) {
        let parts = word.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
        guard let option = command.options.first(where: { $0.name == parts[0] || $0.shortName == parts[0] }) else {
            throw unknownOption(parts[0], command)
        }
        let name = option.name
        guard option.isRepeated || !invocation.has(name) else {
            throw .usage("option \(name) is given twice; give it once")
        }
        guard let valueName = option.valueName else {
            guard parts.count == 1 else { throw .usage("option \(name) takes no value; give it as \(name)") }
            invocation.options[name] = ""
            return
        }
        let value: String
        if parts.count == 2 {
            value = parts[1]
        } else if let next = rest.popFirst(), !next.hasPrefix("--") {
            value = next
        } else {
            throw .usage("option \(name) needs a value; give it as \(name) \(valueName)")
        }
        if option.isRepeated {
            invocation.lists[name, default: []].append(value)
        } else {
            invocation.options[name] = value
        }
    }

    private func unknownCommand(_ word: String, _ group: CommandGroup, _ words: [String]) -> CommandFailure {
        let line = words.joined(separator: " ")
        if word.hasPrefix("-") {
            return .usage("unknown option '\(word)' before a command ('\(line) --help' lists the commands)")
        }
        return .usage(
            "unknown command '\(word)'\(suggestion(word, group.commands.map(\.name)))"
                + " ('\(line) --help' lists the commands)")
    }

    private func unknownOption(_ word: String, _ command: Command) -> CommandFailure {
        let line = ([root.name] + command.words).joined(separator: " ")
        return .usage(
            "unknown option '\(word)'\(suggestion(word, command.options.map(\.name) + ["--help"]))"
                + " ('\(line) --help' lists the options)")
    }
}
