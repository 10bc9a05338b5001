import Bytes
import Files
import Glibc

/// The command line tool: finds the command, runs it, and tells what went wrong.
enum Tool {
    static let name = "traversion-store"
    static let version = "0.1.0"

    static let commands = CommandGroup(
        name: name, summary: "keeps events as columns in files",
        commands: [
            .command(DemoCommand.command), .command(GenerateCommand.command), .command(StoreInit.command),
            .command(StoreIngestCommand.command),
            .command(StoreAppend.command),
            .command(StoreExportCommand.command), .command(StoreFind.command), .command(StoreQuery.command),
            .command(Shell.command),
            .command(StoreSegments.command), .command(StoreStats.command), .command(StoreJobs.compact),
            .command(StoreJobs.tier),
            .command(StoreJobs.retain), .command(StoreJobs.checkpoint), .command(StoreForgetCommand.command),
            .command(StoreVerify.command),
            .command(StoreRepairCommand.command),
            .group(
                CommandGroup(
                    name: "bench", summary: BenchCommand.command.summary,
                    commands: [.command(BenchThroughputCommand.command)], standard: BenchCommand.command)),
            .group(
                CommandGroup(
                    name: "segment", summary: "work with segments, the files that hold events",
                    commands: [
                        .command(SegmentWrite.command), .command(SegmentRead.command),
                        .command(SegmentInspect.command), .command(SegmentVerify.command),
                        .command(SegmentRewrite.command),
                    ])),
        ])

    static func run(_ arguments: [String]) -> ExitCode {
        do {
            switch try ArgumentParser(commands).parse(arguments) {
            case .help(let text): try Console.print(text)
            case .version: try Console.print("\(name) \(version) (\(CompressionLibraries.versions))")
            case .run(let command, let invocation): try command.run(invocation)
            }
            return .success
        } catch {
            if let message = error.message { Console.printError("\(name): \(message)") }
            return error.exitCode
        }
    }
}
