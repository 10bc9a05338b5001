import Testing

/// Laws of the source text. Each is a list of breaches, which must be empty.
struct SourceLawTests {
    @Test func `no file of Sources is over 600 lines long`() throws {
        let files = try SourceTree.files(under: "Sources", ["swift", "c", "h", "cpp"])
        #expect(files.count > 10)
        #expect(files.filter { $0.lines.count > 600 }.map(\.path) == [])
    }

    @Test func `nothing is put off`() throws {
        // Spelled so that this file does not break its own law.
        let marks = ["TO" + "DO", "FIX" + "ME"]
        var breaches: [String] = []
        for folder in ["Sources", "Tests", "Tools", "Format"] {
            for file in try SourceTree.files(under: folder, ["swift", "c", "h", "cpp", "py", "md"]) {
                for (number, line) in file.lines.enumerated() where marks.contains(where: { line.contains($0) }) {
                    breaches.append("\(file.path):\(number + 1)")
                }
            }
        }
        #expect(breaches == [])
    }

    @Test func `the first declaration of every file is documented`() throws {
        let files = try SourceTree.swiftSources()
        #expect(files.filter { !startsDocumented($0) }.map(\.path) == [])
    }

    @Test(arguments: [
        ("import A\n\n/// Says what it is.\n@frozen\npublic struct B {", true),
        ("import A\n\npublic struct B {", false),
        ("extension B {\n    /// Says what it does.\n    func c() {", true),
        ("/// Says why.\nextension B {\n    func c() {", true),
        ("extension B {\n    func c() {\n    }\n    /// Too late.\n    func d() {", false),
        ("/// Far away.\n\nlet a = 1", false),
        ("print(1)", true),
    ])
    func `an undocumented declaration is seen`(_ text: String, _ expected: Bool) {
        #expect(startsDocumented(SourceTree.File(path: "Sources/A/B.swift", text: text)) == expected)
    }

    /// Whether a comment stands right above the first declaration; above an extension or above its first member.
    private func startsDocumented(_ file: SourceTree.File) -> Bool {
        let introducers: Set<Substring> = [
            "struct", "class", "enum", "protocol", "actor", "func", "var", "let", "typealias", "init", "subscript",
        ]
        var isDocumented = false
        for line in file.lines {
            // Attributes and modifiers aside, the introducer is the first word.
            let words = line.split(whereSeparator: { " (<?".contains($0) })
            if words.first?.hasPrefix("///") == true {
                isDocumented = true
            } else if words.contains("extension") {
                if isDocumented { return true }
            } else if words.contains(where: introducers.contains), words.first?.hasPrefix("//") != true {
                return isDocumented
            } else if words.first?.hasPrefix("@") != true {
                isDocumented = false
            }
        }
        return true
    }
}
