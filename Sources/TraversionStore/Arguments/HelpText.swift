/// What `--help` shows.
enum HelpText {
    static func of(_ group: CommandGroup, _ words: [String]) -> String {
        let line = words.joined(separator: " ")
        var options = [("--help", "shows this; every command has it")]
        if words.count == 1 { options.append(("--version", "shows the version")) }
        return """
            \(line): \(group.summary)

            usage: \(line) COMMAND

            \(table("commands", group.commands.map { ($0.name, $0.summary) }))

            \(table("options", options))
            """
    }

    static func of(_ command: Command) -> String {
        var parts = ["\(line(command)): \(command.summary)", usage(of: command)]
        if !command.arguments.isEmpty { parts.append(table("arguments", command.arguments.map { ($0.name, $0.help) })) }
        let options = command.options.map { option in
            let names = [option.shortName, option.name].compactMap { $0 }.joined(separator: ", ")
            return (names + (option.valueName.map { " " + $0 } ?? ""), option.help)
        }
        parts.append(table("options", options + [("--help", "shows this")]))
        return parts.joined(separator: "\n\n")
    }

    static func usage(of command: Command) -> String {
        let arguments = command.arguments.map { " " + $0.name + ($0.isRepeated ? "..." : "") }.joined()
        return "usage: \(line(command))\(arguments) [OPTIONS]"
    }

    private static func line(_ command: Command) -> String {
        ([Tool.name] + command.words).joined(separator: " ")
    }

    private static func table(_ title: String, _ rows: [(name: String, help: String)]) -> String {
        let width = rows.map(\.name.count).max() ?? 0
        let lines = rows.map { row in
            let padding = String(repeating: " ", count: width - row.name.count + 2)
            // Further lines of a text stand below its first.
            let help = row.help.split(separator: "\n").joined(
                separator: "\n" + String(repeating: " ", count: width + 4))
            return "  \(row.name)\(padding)\(help)"
        }
        return "\(title):\n" + lines.joined(separator: "\n")
    }
}
