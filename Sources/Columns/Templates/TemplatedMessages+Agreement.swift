/// How far the values of a slot are those of another column in the same rows.
public struct SlotAgreement: Equatable, Sendable {
    /// Messages that were looked at.
    public var testedCount = 0
    /// Of these, how many stand in a row in which the other column has a value.
    public var sharedCount = 0
    /// Of these, how many hold exactly the other column's text.
    public var equalCount = 0
}

extension TemplatedMessages {
    /// Compares a slot with a column.
    ///
    /// `textOfMessage` gives for each message the index of the column's text among `texts`, or `UInt32.max` where the
    /// column has none. At most `limit` messages, spread evenly, are looked at.
    public func agreement(
        ofSlot slot: Int, with texts: StringVector, textOfMessage: [UInt32], limit: Int = .max
    ) -> SlotAgreement {
        let rows = messages(ofSlot: slot)
        let count = min(rows.count, limit)
        let index = slot - firstSlots[Int(templateOfSlot[slot])]
        var agreement = SlotAgreement(testedCount: count)
        unsafe messages.bytes.withUnsafeBufferPointer { bytes in
            unsafe texts.bytes.withUnsafeBufferPointer { textBytes in
                for test in 0..<count {
                    let place = count == rows.count ? test : test * rows.count / count
                    let message = Int(rows[rows.startIndex &+ place])
                    let text = textOfMessage[message]
                    if text == .max { continue }
                    agreement.sharedCount &+= 1
                    let value = variables[Int(firstVariables[message]) &+ index].range
                    let textRange = texts.range(Int(text))
                    guard value.count == textRange.count else { continue }
                    guard let bytes = bytes.baseAddress, let textBytes = textBytes.baseAddress,
                        unsafe !LiteralBytes.equal(
                            bytes + value.lowerBound, textBytes + textRange.lowerBound, value.count)
                    else {
                        agreement.equalCount &+= 1
                        continue
                    }
                }
            }
        }
        return agreement
    }
}
