import Bytes
internal import CKernels

/// Appending many values at once.
extension StringPool {
    /// Values after which it is seen whether looking them up pays.
    private static let trialCount = 2048
    static let freeSlot = traversion_text_slot(tag_and_code: .max, offset: 0, byte_count: 0)

    /// Appends texts that a band has staged.
    mutating func append(_ texts: UnsafeBufferPointer<UInt64>, of staged: borrowing StagedTexts) {
        var next = 0
        while next < texts.count, isDistinct {
            let count = min(texts.count &- next, TextScratch.capacity)
            let chunk = unsafe UnsafeBufferPointer(rebasing: texts[next..<next &+ count])
            next &+= unsafe appendLookedUp(chunk, of: staged.bytes, staged.scratch)
        }
        while next < texts.count {
            codes.append(UInt32(truncatingIfNeeded: entries.ends.count))
            unsafe appendEntry(texts[next], of: staged.bytes)
            next &+= 1
        }
    }

    /// Returns how many texts were appended: all, or those up to where looking up has turned out not to pay.
    private mutating func appendLookedUp(
        _ texts: UnsafeBufferPointer<UInt64>, of bytes: UnsafePointer<UInt8>, _ scratch: TextScratch
    ) -> Int {
        if slots.isEmpty { grow() }
        unsafe slots.withUnsafeBufferPointer { slots in
            unsafe entries.bytes.withUnsafeBufferPointer { entries in
                unsafe traversion_texts_hash(
                    bytes, texts.baseAddress, texts.count, slots.baseAddress, slots.count &- 1, entries.baseAddress,
                    scratch.hashes)
            }
        }
        var next = 0
        while true {
            next = unsafe find(texts, from: next, of: bytes, scratch)
            guard next < texts.count else { break }
            let code = UInt32(truncatingIfNeeded: entries.ends.count)
            unsafe enter(texts[next], hash: scratch.hashes[next], of: bytes)
            unsafe scratch.codes[next] = code
            next &+= 1
            let valueCount = codes.count &+ next
            if valueCount >= Self.trialCount, entries.ends.count &* 2 > valueCount {
                stopLookingUp()
                break
            }
        }
        unsafe codes.append(contentsOf: UnsafeBufferPointer(start: scratch.codes, count: next))
        return next
    }

    private func find(
        _ texts: UnsafeBufferPointer<UInt64>, from first: Int, of bytes: UnsafePointer<UInt8>, _ scratch: TextScratch
    ) -> Int {
        unsafe slots.withUnsafeBufferPointer { slots in
            unsafe entries.bytes.withUnsafeBufferPointer { entries in
                unsafe traversion_texts_find(
                    bytes, texts.baseAddress, scratch.hashes, first, texts.count, slots.baseAddress, slots.count &- 1,
                    entries.baseAddress, scratch.codes)
            }
        }
    }

    private mutating func enter(_ text: UInt64, hash: UInt64, of bytes: UnsafePointer<UInt8>) {
        if entries.ends.count &* 2 >= slots.count { grow() }
        let tag = hash & 0xFFFF_FFFF_0000_0000
        slots[freePlace(UInt32(truncatingIfNeeded: hash))] = traversion_text_slot(
            tag_and_code: tag | UInt64(truncatingIfNeeded: entries.ends.count),
            offset: UInt32(truncatingIfNeeded: entries.bytes.count), byte_count: UInt32(truncatingIfNeeded: text >> 32))
        lowHashes.append(UInt32(truncatingIfNeeded: hash))
        unsafe appendEntry(text, of: bytes)
    }

    private mutating func appendEntry(_ text: UInt64, of bytes: UnsafePointer<UInt8>) {
        unsafe entries.bytes.append(contentsOf: StagedTexts.bytes(of: text, in: bytes))
        entries.ends.append(UInt32(truncatingIfNeeded: entries.bytes.count))
    }

    private func freePlace(_ lowHash: UInt32) -> Int {
        let mask = slots.count &- 1
        var place = Int(lowHash) & mask
        while slots[place].tag_and_code != .max { place = (place &+ 1) & mask }
        return place
    }

    private mutating func stopLookingUp() {
        isDistinct = false
        slots = []
        lowHashes = []
    }

    private mutating func grow() {
        let old = slots
        slots = [traversion_text_slot](repeating: Self.freeSlot, count: max(64, old.count * 2))
        for slot in old where slot.tag_and_code != .max {
            slots[freePlace(lowHashes[Int(UInt32(truncatingIfNeeded: slot.tag_and_code))])] = slot
        }
    }
}
