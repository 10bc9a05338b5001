import Testing

/// Who may import whom, as the table of `Package.swift` says.
struct ImportLawTests {
    /// The rows of the table, in its order.
    private func table() throws -> [(name: String, uses: [String])] {
        let rows = try SourceTree.file("Package.swift").lines
            .drop { !$0.hasPrefix("let modules") }
            .prefix { $0 != "]" }
            .filter { $0.hasPrefix("    (\"") }
            .map { row in
                // The odd parts between quotation marks are the names.
                row.split(separator: "\"", omittingEmptySubsequences: false).enumerated()
                    .filter { $0.offset % 2 == 1 }.map { String($0.element) }
            }
        return rows.map { ($0[0], Array($0[1...])) }
    }

    @Test func `the table uses only what stands above, and only folders of Sources`() throws {
        let table = try table()
        #expect(table.count >= 5)
        let folders = Set(try SourceTree.files(under: "Sources", ["swift", "modulemap", "c", "cpp"]).map(\.module))
        var above: Set<String> = []
        for (name, uses) in table {
            for use in uses where !above.contains(use) {
                #expect(!table.contains { $0.name == use }, "\(name) uses \(use), which does not stand above it")
                #expect(folders.contains(Substring(use)))
            }
            above.insert(name)
        }
    }

    @Test func `a module imports only what the table gives it`() throws {
        let table = try table()
        let folders = Set(try SourceTree.files(under: "Sources", ["swift", "modulemap", "c", "cpp"]).map(\.module))
        var breaches: [String] = []
        for file in try SourceTree.swiftSources() {
            guard let row = table.first(where: { $0.name == file.module }) else { continue }
            for name in file.imports where folders.contains(name) && !row.uses.contains(String(name)) {
                breaches.append("\(file.path) imports \(name)")
            }
        }
        #expect(breaches == [])
    }

    @Test func `Foundation is used by Serving alone, the C library by Files and the command alone`() throws {
        let allowed: [Substring: Set<Substring>] = [
            "Foundation": ["Serving"], "FoundationEssentials": ["Serving"], "Glibc": ["Files", "TraversionStore"],
        ]
        var breaches: [String] = []
        for file in try SourceTree.swiftSources() {
            for name in file.imports {
                if let modules = allowed[name], !modules.contains(file.module) {
                    breaches.append("\(file.path) imports \(name)")
                }
            }
        }
        #expect(breaches == [])
    }

    @Test func `an import is seen whatever stands before it`() {
        let text = "import A\npublic import B\n@testable import C\nprivate import D\n// import E\nimportant import F"
        #expect(SourceTree.File(path: "Sources/A/B.swift", text: text).imports == ["A", "B", "C", "D"])
    }
}
