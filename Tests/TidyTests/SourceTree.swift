import Files

/// The files of this repository, as text.
struct SourceTree {
    struct File {
        /// Relative to the repository.
        var path: String
        var lines: [Substring]

        init(path: String, text: String) {
            self.path = path
            lines = text.split(separator: "\n", omittingEmptySubsequences: false)
            if lines.last == "" { lines.removeLast() }
        }

        /// The folder inside of `Sources` or `Tests`.
        var module: Substring { path.split(separator: "/")[1] }

        /// The modules that are imported, whatever stands before `import`.
        var imports: [Substring] {
            lines.compactMap { line in
                let words = line.split(separator: " ")
                guard let index = words.firstIndex(of: "import"), index + 1 < words.count,
                    words[..<index].allSatisfy({ $0.first == "@" || accessLevels.contains($0) })
                else { return nil }
                return words[index + 1]
            }
        }
    }

    private static let root = #filePath.split(separator: "/").dropLast(3).reduce("") { $0 + "/" + $1 }
    private static let files = LocalFileSystem()

    static func file(_ path: String) throws -> File {
        File(path: path, text: String(decoding: try files.readAll("\(root)/\(path)"), as: UTF8.self))
    }

    /// The files under a folder that have one of the endings.
    static func files(under folder: String, _ endings: [String]) throws -> [File] {
        var found: [File] = []
        for name in try files.list("\(root)/\(folder)") where name.first != "." {
            let path = "\(folder)/\(name)"
            if endings.contains(where: { name.hasSuffix("." + $0) }) {
                found.append(try file(path))
            } else if (try? files.list("\(root)/\(path)")) != nil {
                found += try self.files(under: path, endings)
            }
        }
        return found
    }

    static func swiftSources() throws -> [File] { try files(under: "Sources", ["swift"]) }
}

let accessLevels: Set<Substring> = ["public", "package", "internal", "fileprivate", "private"]
