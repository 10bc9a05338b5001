/// Joins templates that differ in one word only, a user's name for instance: the word becomes a variable.
///
/// Templates with many rows each stay apart: then the word costs nothing as a part of the template.
struct TemplateMerging {
    private static let roundLimit = 4
    private static let memberMinimum = 8
    private static let rowsPerMemberLimit = 32

    /// Templates that have become one.
    struct Group {
        var firstTemplate: Int
        var rowCount: Int
    }

    private(set) var words: TemplateWords
    private(set) var groups: [Group] = []
    /// The group of each template that was found.
    private(set) var groupOfTemplate: [Int] = []

    private let found: FoundTemplates
    private let messages: StringVector

    /// Words of all templates together that are looked at in a round.
    private static let wordBudget = 1 << 19

    init(_ found: FoundTemplates, _ messages: StringVector, rowCounts: [Int]) {
        self.found = found
        self.messages = messages
        words = TemplateWords(
            found, messages, limit: min(TemplateWords.limit, Self.wordBudget / max(1, found.templateCount)))
        groups = rowCounts.indices.map { Group(firstTemplate: $0, rowCount: rowCounts[$0]) }
        groupOfTemplate = Array(groups.indices)
        for _ in 0..<Self.roundLimit where !mergeOnce() { break }
    }

    /// How many groups, with how many rows, would be one when a certain word is a variable.
    private struct Tally {
        var groupCount = 0
        var rowCount = 0

        var isWorthwhile: Bool {
            groupCount >= TemplateMerging.memberMinimum
                && rowCount < groupCount * TemplateMerging.rowsPerMemberLimit
        }
    }

    /// Tallies by key. Keys are hashes already, and there may be hundreds of thousands of them.
    private struct TallyTable {
        private var keys: [UInt64]
        var tallies: [Tally]

        init(keyLimit: Int) {
            var capacity = 64
            while capacity < keyLimit * 2 { capacity *= 2 }
            keys = [UInt64](repeating: 0, count: capacity)
            tallies = [Tally](repeating: Tally(), count: capacity)
        }

        mutating func slot(of key: UInt64) -> Int {
            // 0 marks a free slot.
            let key = max(1, key)
            let mask = keys.count &- 1
            var slot = Int(truncatingIfNeeded: key ^ key >> 32) & mask
            while keys[slot] != key {
                if keys[slot] == 0 { keys[slot] = key } else { slot = (slot &+ 1) & mask }
            }
            return slot
        }
    }

    /// One word more in each template that gains by it; false: nothing was to be gained.
    private mutating func mergeOnce() -> Bool {
        var tallies = TallyTable(keyLimit: words.count)
        for group in groups {
            forEachFixedWord(of: group) { _, key in
                let slot = tallies.slot(of: key)
                tallies.tallies[slot].groupCount += 1
                tallies.tallies[slot].rowCount += group.rowCount
            }
        }
        let choices = groups.map { group -> Int? in
            var best: (word: Int, groupCount: Int)?
            forEachFixedWord(of: group) { index, key in
                let tally = tallies.tallies[tallies.slot(of: key)]
                guard tally.isWorthwhile, tally.groupCount > best?.groupCount ?? 0 else { return }
                best = (index, tally.groupCount)
            }
            return best?.word
        }
        return regroup(choices)
    }

    private func forEachFixedWord(of group: Group, _ body: (_ index: Int, _ key: UInt64) -> Void) {
        for index in 0..<words.words(of: group.firstTemplate).count
        where !words.isVariable(group.firstTemplate, index) {
            body(index, words.key(of: group.firstTemplate, withVariable: index))
        }
    }

    private mutating func regroup(_ choices: [Int?]) -> Bool {
        var followers: [UInt64: Int] = [:]
        for (group, choice) in zip(groups, choices) {
            if let choice { followers[words.key(of: group.firstTemplate, withVariable: choice), default: 0] += 1 }
        }
        var merged: [Group] = []
        var mergedByKey: [UInt64: Int] = [:]
        var mergedOfGroup: [Int] = []
        var hasMerged = false
        for (group, choice) in zip(groups, choices) {
            let template = group.firstTemplate
            if let choice, followers[words.key(of: template, withVariable: choice), default: 0] > 1 {
                words.makeVariable(template, choice)
            }
            let key = words.key(of: template)
            if let known = mergedByKey[key], isLike(template, merged[known].firstTemplate) {
                merged[known].rowCount += group.rowCount
                mergedOfGroup.append(known)
                hasMerged = true
            } else {
                mergedByKey[key] = merged.count
                mergedOfGroup.append(merged.count)
                merged.append(group)
            }
        }
        groups = merged
        for template in groupOfTemplate.indices { groupOfTemplate[template] = mergedOfGroup[groupOfTemplate[template]] }
        return hasMerged
    }

    /// Whether two templates are the same but for words that are variables in both. Equal keys are no proof.
    private func isLike(_ first: Int, _ second: Int) -> Bool {
        let firstWords = words.words(of: first)
        let secondWords = words.words(of: second)
        guard words.variableWords[first] == words.variableWords[second], firstWords.count == secondWords.count
        else { return false }
        let firstPieces = found.literals(of: first)
        let secondPieces = found.literals(of: second)
        guard firstPieces.count == secondPieces.count else { return false }
        var index = 0
        for (piece, (firstPiece, secondPiece)) in zip(firstPieces, secondPieces).enumerated() {
            var firstStart = firstPiece.lowerBound
            var secondStart = secondPiece.lowerBound
            while index < firstWords.count, firstWords[firstWords.startIndex + index].piece == piece {
                let firstWord = firstWords[firstWords.startIndex + index]
                let secondWord = secondWords[secondWords.startIndex + index]
                guard secondWord.piece == piece else { return false }
                let firstPlace = firstPiece.lowerBound + Int(firstWord.byteOffset)
                let secondPlace = secondPiece.lowerBound + Int(secondWord.byteOffset)
                guard isSame(firstStart..<firstPlace, secondStart..<secondPlace) else { return false }
                firstStart = firstPlace
                secondStart = secondPlace
                if words.isVariable(first, index) {
                    firstStart += Int(firstWord.byteCount)
                    secondStart += Int(secondWord.byteCount)
                }
                index += 1
            }
            guard isSame(firstStart..<firstPiece.upperBound, secondStart..<secondPiece.upperBound) else {
                return false
            }
        }
        return true
    }

    private func isSame(_ first: Range<Int>, _ second: Range<Int>) -> Bool {
        first.count == second.count && messages.bytes[first] == messages.bytes[second]
    }
}
