import Testing

@testable import Columns

/// What the specification and the code both say must be the same.
struct FormatLawTests {
    /// The first cells of the tables in a part of `Format/Segment.md`, from one heading to the next of that rank.
    private func rows(_ heading: String) throws -> [[String]] {
        let rank = heading.prefix { $0 == "#" } + " "
        return try SourceTree.file("Format/Segment.md").lines
            .drop { !$0.hasPrefix(heading) }.dropFirst()
            .prefix { !$0.hasPrefix(rank) }
            .filter { $0.hasPrefix("| ") }
            .map { row in row.split(separator: "|").map { $0.trimmed } }
    }

    /// The node tags of chapter 5 by number, named as code names them.
    private func tags(_ heading: String) throws -> [UInt8: String] {
        var tags: [UInt8: String] = [:]
        for row in try rows(heading) where row[0].hasPrefix("0x") {
            let number = try #require(UInt8(row[0].dropFirst(2), radix: 16))
            #expect(tags.updateValue(camelCase(row[1]), forKey: number) == nil, "\(row[0]) stands twice")
        }
        return tags
    }

    private func declared<Tag: RawRepresentable<UInt8>>(_: Tag.Type) -> [UInt8: String] {
        var tags: [UInt8: String] = [:]
        for number in UInt8.min...UInt8.max { tags[number] = Tag(rawValue: number).map { "\($0)" } }
        return tags
    }

    @Test func `the node tags of chapter 5 are those of the code`() throws {
        #expect(try tags("### 5.1 ") == declared(IntegerNode.Tag.self))
        #expect(try tags("### 5.2 ") == declared(FloatNode.Tag.self))
        #expect(try tags("### 5.3 ") == declared(StringNode.Tag.self))
        #expect(try tags("### 5.4 ") == declared(FixedNode.Tag.self))
    }

    @Test func `the column types of the specification are those of the code`() throws {
        var types: [UInt8: String] = [:]
        for row in try rows("### 2.7 ") {
            let numbers = row[0].split(separator: ",").compactMap { UInt8($0.trimmed) }
            // Two numbers are the two cases in which the digits of an id may be written.
            for (number, ending) in zip(numbers, numbers.count == 2 ? ["Lower", "Upper"] : [""]) {
                #expect(types.updateValue(row[1] + ending, forKey: number) == nil, "type \(number) stands twice")
            }
        }
        let declared = ColumnType.allCases.map { ($0.rawValue, "\($0)") }
        #expect(types == Dictionary(uniqueKeysWithValues: declared))
    }

    @Test(arguments: [
        ("split bits (ALP-RD)", "splitBits"), ("IPv4 text", "ipv4Text"), ("fixed-point text", "fixedPointText"),
    ])
    func `names are told in the way of code`(_ name: String, _ expected: String) {
        #expect(camelCase(name) == expected)
    }

    private func camelCase(_ name: String) -> String {
        let words = name.prefix { $0 != "(" }.split(whereSeparator: { " -".contains($0) })
        return words.dropFirst().reduce(words[0].lowercased()) { $0 + $1.prefix(1).uppercased() + $1.dropFirst() }
    }
}

extension Substring {
    fileprivate var trimmed: String {
        var text = self
        while text.first == " " { text.removeFirst() }
        while text.last == " " { text.removeLast() }
        return String(text)
    }
}
