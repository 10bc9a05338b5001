/// What becomes of the templates that were found: words that vary become variables, variables that never vary become
/// literal, and messages that are alone of their kind are kept whole.
struct TemplatePlan {
    /// A place in a message: behind so many variables, and from there so many bytes on.
    struct Anchor {
        var piece: UInt32
        var byteOffset: UInt32

        init(_ piece: Int, _ byteOffset: Int) {
            self.piece = UInt32(truncatingIfNeeded: piece)
            self.byteOffset = UInt32(truncatingIfNeeded: byteOffset)
        }
    }

    /// A variable of the outcome, told by the variables that were found.
    struct Cut {
        var start: Anchor
        var end: Anchor
    }

    /// The template of the outcome that each found template becomes, in order of first appearance.
    private(set) var targets: [UInt32] = []
    private(set) var targetCount = 0
    /// The template of the messages that are kept whole, as one variable between two empty literals.
    private(set) var wholeMessageTarget: UInt32?
    /// Where the cuts of each found template begin in `cuts`, and behind the last template their number.
    private(set) var firstCuts: [UInt32] = [0]
    private(set) var cuts: [Cut] = []

    private let found: FoundTemplates
    private let messages: StringVector
    private let merging: TemplateMerging
    /// For each group whether its rows are kept whole.
    private var isWhole: [Bool] = []

    init(_ found: FoundTemplates, _ messages: StringVector, templateLimit: Int) {
        self.found = found
        self.messages = messages
        var rowCounts = [Int](repeating: 0, count: found.templateCount)
        for code in found.codes { rowCounts[Int(code)] += 1 }
        merging = TemplateMerging(found, messages, rowCounts: rowCounts)
        chooseWholeMessages(templateLimit: templateLimit)
        let constants = ConstantVariables(found, messages, merging, isWhole: isWhole)
        // The groups, and behind them the one of all that are kept whole.
        var targetOfGroup = [UInt32?](repeating: nil, count: merging.groups.count + 1)
        for template in 0..<found.templateCount {
            let group = merging.groupOfTemplate[template]
            targets.append(enter(&targetOfGroup[isWhole[group] ? merging.groups.count : group]))
            if isWhole[group] {
                addWholeCut(template)
            } else {
                addCuts(template, group: group, constants: constants)
            }
            firstCuts.append(UInt32(cuts.count))
        }
        wholeMessageTarget = targetOfGroup[merging.groups.count]
    }

    private mutating func enter(_ target: inout UInt32?) -> UInt32 {
        if let target { return target }
        let next = UInt32(targetCount)
        target = next
        targetCount += 1
        return next
    }

    /// Templates of a single row, and the rarest when there are too many.
    private mutating func chooseWholeMessages(templateLimit: Int) {
        isWhole = merging.groups.map { $0.rowCount < 2 }
        let kept = isWhole.indices.filter { !isWhole[$0] }
        guard kept.count >= templateLimit else { return }
        let byRows = kept.sorted {
            (merging.groups[$1].rowCount, $0) < (merging.groups[$0].rowCount, $1)
        }
        for group in byRows[(templateLimit - 1)...] { isWhole[group] = true }
    }

    private mutating func addWholeCut(_ template: Int) {
        let lastLiteral = found.literals(of: template)
        cuts.append(Cut(start: Anchor(0, 0), end: Anchor(lastLiteral.count - 1, lastLiteral.last?.count ?? 0)))
    }

    private mutating func addCuts(_ template: Int, group: Int, constants: ConstantVariables) {
        let words = merging.words.words(of: template)
        let representative = merging.groups[group].firstTemplate
        var index = 0
        let literals = found.literals(of: template)
        for (piece, literal) in literals.enumerated() {
            while index < words.count, words[words.startIndex + index].piece == piece {
                let word = words[words.startIndex + index]
                if merging.words.isVariable(representative, index) {
                    cuts.append(
                        Cut(
                            start: Anchor(piece, Int(word.byteOffset)),
                            end: Anchor(piece, Int(word.byteOffset + word.byteCount))))
                }
                index += 1
            }
            if piece < literals.count - 1, !constants.isConstant(group, piece) {
                cuts.append(Cut(start: Anchor(piece, literal.count), end: Anchor(piece + 1, 0)))
            }
        }
    }
}
