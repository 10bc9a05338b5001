import Files
import Testing

/// How much memory a damaged file may cost: measured on processes of their own, against one that opens no file.
@Suite("The memory that damage may cost")
struct MemoryTests {
    private let folder: ToolFolder
    private static let repository = #filePath.split(separator: "/").dropLast(3).reduce("") { $0 + "/" + $1 }
    private static let files = LocalFileSystem()

    init() throws { folder = try ToolFolder() }

    /// How much more memory a run takes than one that opens no file.
    private func excess(_ run: ToolRun, over baseline: ToolRun) throws -> Int {
        try #require(run.peakByteCount) - #require(baseline.peakByteCount)
    }

    private static func names(in path: String) throws -> [String] {
        try files.list(repository + "/" + path).filter { !$0.hasSuffix(".verdict") }.sorted().map { path + "/" + $0 }
    }

    @Test(
        "a file that claims petabytes is refused within 16 MiB",
        arguments: ["rows-2-to-40", "root-of-4-gib", "root-beyond-end", "path-heap-beyond-end", "columns-many"]
            + ["runs", "exceptions", "text", "lengths", "hexadecimal", "zstd", "symbols"].map { "claim-" + $0 })
    func claims(name: String) throws {
        let path = Self.repository + "/Format/golden/corrupt/\(name).seg"
        let before = try folder.measure("--help")
        for command in ["inspect", "read", "verify"] {
            let run = try folder.measure("segment", command, path)
            // What only decoding shows is not looked for by inspecting.
            #expect(run.exitCode == 3 || command == "inspect", "\(command): \(run.errors)")
            #expect(try excess(run, over: before) <= 16 << 20)
        }
    }

    @Test("no damaged file costs more than 64 MiB and one decoded page of 80 MiB")
    func damage() throws {
        let before = try folder.measure("--help")
        for path in try Self.names(in: "Format/golden/corrupt") + Self.names(in: "Tests/Fuzz/Corpus/segment") {
            for command in ["read", "verify"] {
                let run = try folder.measure(
                    "segment", command, Self.repository + "/" + path, outputPath: "/dev/null")
                #expect(run.exitCode == 0 || run.exitCode == 3, "\(path): \(run.errors)")
                #expect(try excess(run, over: before) <= (64 + 80) << 20, "\(path)")
            }
        }
    }
}
