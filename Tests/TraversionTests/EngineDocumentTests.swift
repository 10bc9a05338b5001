import Files
import Testing

@testable import Traversion

@Suite("The page about the engine")
struct EngineDocumentTests {
    private func text(_ path: String) throws -> String {
        let root = #filePath.split(separator: "/", omittingEmptySubsequences: false).dropLast(3).joined(separator: "/")
        return String(decoding: try LocalFileSystem().readAll(root + "/" + path), as: UTF8.self)
    }

    /// The lines between two others, without the blanks that all of them begin with.
    private func part(of text: String, from first: String, to last: String) -> String {
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
            .drop { !$0.hasSuffix(first) }.dropFirst().prefix { !$0.hasSuffix(last) }
        let margin = lines.filter { !$0.isEmpty }.map { $0.prefix { $0 == " " }.count }.min() ?? 0
        return lines.map { $0.dropFirst(margin) + "\n" }.joined()
    }

    @Test("the example is the one that is run here, and prints what the page says")
    func example() throws {
        let folder = try TestFolder()
        let page = try text("Docs/Engine.md")
        let example = part(
            of: try text("Tests/TraversionTests/EngineExample.swift"), from: "// example", to: "// end")
        #expect(page.contains("```swift\n\(example)```\n"))
        let shown = try EngineExample.run(in: folder.path + "/store").joined(separator: "\n")
        #expect(page.contains("It prints:\n\n```\n\(shown)\n```\n"), "\(shown)")
    }
}
