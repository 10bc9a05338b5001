/// ", did you mean …?" when one of the names is near to a word, else nothing.
public func suggestion(_ word: String, _ names: [String]) -> String {
    guard let name = nearestName(to: word, among: names) else { return "" }
    return "; did you mean '\(name)'?"
}

/// The name that takes the fewest changes to write, when it shares more with the word than it does not.
public func nearestName(to word: String, among names: [String]) -> String? {
    let distances = names.map { editDistance(Array(word.unicodeScalars), Array($0.unicodeScalars)) }
    guard let best = distances.indices.min(by: { distances[$0] < distances[$1] }) else { return nil }
    let longest = max(word.unicodeScalars.count, names[best].unicodeScalars.count)
    let isPrefix = word.count >= 2 && names[best].hasPrefix(word)
    return distances[best] * 5 <= longest * 2 || isPrefix ? names[best] : nil
}

/// How many letters must be put in, taken out, replaced or swapped with their neighbour.
func editDistance(_ first: [Unicode.Scalar], _ second: [Unicode.Scalar]) -> Int {
    var beforeLast = [Int](repeating: 0, count: second.count + 1)
    var last = Array(0...second.count)
    for row in first.indices {
        var current = [row + 1]
        for column in second.indices {
            var best = min(
                last[column] + (first[row] == second[column] ? 0 : 1), last[column + 1] + 1, current[column] + 1)
            if row > 0, column > 0, first[row] == second[column - 1], first[row - 1] == second[column] {
                best = min(best, beforeLast[column - 1] + 1)
            }
            current.append(best)
        }
        beforeLast = last
        last = current
    }
    return last[second.count]
}
