/// Which variables have the same value in every message of a group of templates.
struct ConstantVariables {
    private var firstFlags: [Int] = []
    private var flags: [Bool] = []

    init(_ found: FoundTemplates, _ messages: StringVector, _ merging: TemplateMerging, isWhole: [Bool]) {
        /// Flags of a group that are still true; at 0 its messages need not be looked at any more.
        var leftCounts: [Int] = []
        var firstVariables: [Int] = []
        for (index, group) in merging.groups.enumerated() {
            let first = found.variables(of: Int(found.firstMessages[group.firstTemplate]))
            firstVariables.append(first.startIndex)
            firstFlags.append(flags.count)
            leftCounts.append(isWhole[index] ? 0 : first.count)
            flags.append(contentsOf: repeatElement(!isWhole[index], count: first.count))
        }
        unsafe messages.bytes.withUnsafeBufferPointer { bytes in
            guard let bytes = bytes.baseAddress else { return }
            for (message, code) in found.codes.enumerated() {
                let group = merging.groupOfTemplate[Int(code)]
                if leftCounts[group] == 0 { continue }
                let start = Int(found.firstVariables[message])
                let count = Int(found.firstVariables[message + 1]) &- start
                for index in 0..<count where flags[firstFlags[group] &+ index] {
                    let first = found.variables[firstVariables[group] &+ index]
                    let next = found.variables[start &+ index]
                    let byteCount = Int(first.end &- first.start)
                    if Int(next.end &- next.start) == byteCount,
                        unsafe LiteralBytes.equal(bytes + Int(first.start), bytes + Int(next.start), byteCount)
                    {
                        continue
                    }
                    flags[firstFlags[group] &+ index] = false
                    leftCounts[group] &-= 1
                }
            }
        }
    }

    func isConstant(_ group: Int, _ variable: Int) -> Bool { flags[firstFlags[group] + variable] }
}
