import Bytes

@testable import Columns

extension Driver {
    /// Strings and something to look for, held against a plain search; and the pattern that strings share.
    static let searches = Driver(
        name: "searches", summary: "searching in strings, and the patterns that strings share, against plain code"
    ) { input in
        var generator = input.generator()
        let needle = input.bytes(upTo: input.number(below: 20))
        var strings = StringVector()
        for string in input.strings() { strings.append(string) }
        let own = StringPredicate.some(about: strings, &generator)
        for predicate in own + [.equal(needle), .prefix(needle), .contains(needle), .anyOf([needle, needle, []])] {
            let matches = strings.matches(predicate)
            for index in 0..<strings.count {
                let expected = predicate.holds(strings[index])
                require(matches[index] == expected, "\(strings.text(index)): \(predicate) is \(expected)")
                require(predicate.matches(strings[index]) == expected, "\(predicate) of one string is \(!expected)")
            }
        }
        guard let pattern = TextPatternFinder(strings).pattern(),
            let node = pattern.encoding(strings, profile: .hot, level: 0)
        else { return }
        let decoded = try? node.decode(count: strings.count, rows: .unknown, in: NoEnvironment())
        require(decoded == strings, "\(pattern) gives other strings")
        for predicate in own {
            let matches = try node.matches(predicate, count: strings.count, rows: .unknown, in: NoEnvironment())
            for index in 0..<strings.count where matches[index] != predicate.holds(strings[index]) {
                fatalError("\(node): string \(index) is \(strings.text(index)), \(predicate) says \(matches[index])")
            }
        }
    }
}
